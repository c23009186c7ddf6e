import { PlainError } from '#dev/plain-error.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** One of the two environments that are deployed. */
export interface Target {
  name: 'production' | 'staging'
  /** Where its own settings are read from, beside the environment. */
  envFile: string
  /** What both hosts begin with; empty for none. */
  hostPrefix: string
  /** Whether `www.` of each site is the Worker's too, which sends on from there (api/http/bare-host.ts). */
  hasWww: boolean
}

const STAGING_HOST = 'staging.'

const TARGETS: readonly Target[] = [
  { name: 'production', envFile: '.env.deploy', hostPrefix: '', hasWww: true },
  { name: 'staging', envFile: '.env.deploy.staging', hostPrefix: STAGING_HOST, hasWww: false },
]

/** What stands behind `npm run deploy --`: nothing for production. A word that is mistyped must not deploy anything. */
export function targetOf(words: readonly string[]): Target {
  const [name = 'production', ...more] = words
  const target = TARGETS.find((one) => one.name === name)
  if (!target || more.length > 0) throw new PlainError(`Nothing was deployed: say "npm run deploy" or "npm run deploy -- staging".`)
  return target
}

const siteDomains = (env: Environment): string[] => [env['WEOKTO_DOMAIN'] ?? '', env['STAM_DOMAIN'] ?? '']

export function domainsOf({ hasWww }: Target, env: Environment): string[] {
  return siteDomains(env).flatMap((domain) => (hasWww ? [domain, `www.${domain}`] : [domain]))
}

/** Where each site is seen once it is deployed. */
export const originsOf = (env: Environment): string[] => siteDomains(env).map((domain) => `https://${domain}`)

/** A variable that is still set for the other environment must not give its hosts to this one, which would be one command away. */
export function mustBeOwnHosts({ name, hostPrefix }: Target, env: Environment): void {
  for (const domain of siteDomains(env)) {
    const isOwn = hostPrefix === '' ? !domain.startsWith(STAGING_HOST) : domain.startsWith(hostPrefix)
    if (!isOwn) throw new PlainError(`Nothing was deployed: ${domain} is no host of ${name}.`)
  }
}

/** The same of the database: what production's file names is not migrated for staging. */
export function mustBeOwnDatabase({ name }: Target, env: Environment, production: Environment): void {
  const isProductions = env['DATABASE_ADMIN_URL'] === production['DATABASE_ADMIN_URL']
  if (name === 'staging' && isProductions)
    throw new PlainError('Nothing was deployed: DATABASE_ADMIN_URL names the database of production.')
}
