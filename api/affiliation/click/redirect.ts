import { linkCode, type ClickRequest } from '#domain/affiliation/link.ts'
import type { Ctx } from '#api/context.ts'
import { log } from '#api/log.ts'
import type { ClickMessage } from './click-message.ts'
import { findLink, rememberedLink } from './find-link.ts'
import { isKnownBot } from './known-bot.ts'
import { landingOf, type Landing } from './landing.ts'
import type { KnownLink } from './load-link.ts'
import { sendSoon } from './send-clicks.ts'
import { signClickToken } from './sign-click-token.ts'

/** What a redirect needs of the context; it is called before the heavier parts of one are made. */
export type ClickCtx = Pick<Ctx, 'client' | 'config' | 'db' | 'now' | 'platform' | 'runtime'>

export interface Click extends Pick<ClickRequest, 'method' | 'query' | 'headers'> {
  code: string
  referrer: string | null
  /** A GET without parameters and without word of a prefetch: what it leads to depends on the link alone. */
  isPlain: boolean
}

export interface Redirection {
  location: string
  /** The token to keep in a cookie: only where the policy sets one without asking. */
  cookie: { token: string; maxAgeSeconds: number } | null
}

const DAY_SECONDS = 86_400

/**
 * Sends a visitor on. Nothing here waits for a write: the click is handed over after the answer, and a warm link costs no read. With the
 * database down, a link that nobody remembers leads home like an unknown one.
 */
export async function redirect(ctx: ClickCtx, { code, referrer, isPlain, method, query, headers }: Click): Promise<Redirection> {
  const link = rememberedLink(ctx, code) ?? (await lookUp(ctx, code))
  const isBot = isKnownBot(ctx.client.userAgent)
  const landing = landingOf(ctx.config, link, { method, query, headers, isBot, platform: ctx.platform }, isPlain && !isBot)
  if (!link || !landing.click) return { location: landing.location, cookie: null }
  const clickId = crypto.randomUUID().replaceAll('-', '')
  const iat = Math.floor(ctx.now.getTime() / 1000)
  const exp = iat + link.cookieDurationDays * DAY_SECONDS
  sendSoon(ctx, messageOf(ctx, link, landing.click, { clickId, expiresAt: exp * 1000, referrer }))
  if (!landing.mintsToken) return { location: landing.location, cookie: null }
  const { affiliateId, linkId, communityId } = link
  const claims = {
    clickId,
    affiliateId,
    linkId,
    communityId,
    productId: link.productId ?? undefined,
    sub: landing.click.subId ?? undefined,
    iat,
    exp,
  }
  const token = await signClickToken(ctx.config.CLICK_SECRET, claims)
  const location = landing.around ? landing.around[0] + token + landing.around[1] : landing.location
  return { location, cookie: landing.setsCookie ? { token, maxAgeSeconds: exp - iat } : null }
}

async function lookUp(ctx: ClickCtx, code: string): Promise<KnownLink | null> {
  const known = linkCode.safeParse(code)
  if (!known.success) return null
  try {
    return await findLink(ctx, known.data)
  } catch (error) {
    log(null, 'link_unreadable', { name: error instanceof Error ? error.name : 'unknown' })
    return null
  }
}

type Made = Pick<ClickMessage, 'clickId' | 'expiresAt' | 'referrer'>

/** Written out, because copying objects into one another costs several times as much. */
function messageOf({ client, now }: ClickCtx, link: KnownLink, click: NonNullable<Landing['click']>, made: Made): ClickMessage {
  return {
    clickId: made.clickId,
    linkId: link.linkId,
    affiliateId: link.affiliateId,
    productId: link.productId,
    platform: link.platform,
    clickedAt: now.getTime(),
    expiresAt: made.expiresAt,
    filteredReason: click.filteredReason,
    campaign: click.campaign,
    source: click.source,
    medium: click.medium,
    subId: click.subId,
    utm: click.utm,
    landingPath: click.landingPath,
    referrer: made.referrer,
    ip: client.ip,
    country: client.country,
    city: client.city,
    userAgent: client.userAgent,
  }
}
