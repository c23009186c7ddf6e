import { PlainError } from '#dev/plain-error.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** What is deployed. */
export interface Target {
  name: 'production'
  /** Where its own settings are read from, beside the environment. */
  envFile: string
}

const TARGETS: readonly Target[] = [{ name: 'production', envFile: '.env.deploy' }]

/** What stands behind `npm run deploy --`: nothing for production. A word that is mistyped must not deploy anything. */
export function targetOf(words: readonly string[]): Target {
  const [name = 'production', ...more] = words
  const target = TARGETS.find((one) => one.name === name)
  if (!target || more.length > 0) throw new PlainError(`Nothing was deployed: say "npm run deploy".`)
  return target
}

const siteDomains = (env: Environment): string[] => [env['WEOKTO_DOMAIN'] ?? '', env['STAM_DOMAIN'] ?? '']

/** `www.` of each site belongs to the Worker too, which sends on from there (api/http/bare-host.ts). */
export const domainsOf = (env: Environment): string[] => siteDomains(env).flatMap((domain) => [domain, `www.${domain}`])

/** Where each site is seen once it is deployed. */
export const originsOf = (env: Environment): string[] => siteDomains(env).map((domain) => `https://${domain}`)
