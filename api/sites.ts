import type { Platform } from '#domain/base/enums.ts'
import { platformOf } from '#domain/base/origin.ts'
import { AppError } from '#domain/error.ts'
import type { Config } from './config.ts'

/** Which of the two sites a request is for. The host alone decides; a host that is not on the lists is refused. */
export function siteOf(config: Config, url: URL): Platform {
  const platform = platformOf(url.hostname, { WEOKTO: config.WEOKTO_HOSTS, STAM: config.STAM_HOSTS })
  if (!platform) throw new AppError('misdirected_host')
  return platform
}

export function originOf(config: Config, platform: Platform): string {
  return platform === 'WEOKTO' ? config.WEOKTO_ORIGIN : config.STAM_ORIGIN
}

/** Where people write to: the address from which a site's mails come, without its name. */
export function addressOf(config: Config, platform: Platform): string {
  const from = platform === 'WEOKTO' ? config.EMAIL_FROM_WEOKTO : config.EMAIL_FROM_STAM
  return /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from
}
