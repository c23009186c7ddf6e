import {
  decideRedirect,
  tokenCarriage,
  withClickToken,
  type ClickRequest,
  type RedirectDecision,
  type Sites,
} from '#domain/affiliation/link.ts'
import { DEFAULT_POLICY, type Policy } from '#domain/base/policy.ts'
import type { Config } from '#api/config.ts'
import { originOf } from '#api/sites.ts'
import type { KnownLink } from './load-link.ts'

/** Where a click leads, with the place where its token goes already found. */
export interface Landing {
  click: RedirectDecision['click']
  mintsToken: boolean
  /** The address without a token. */
  location: string
  /** The address with a token reads `before` + token + `after`; null where the policy keeps tokens out of addresses. */
  around: readonly [before: string, after: string] | null
  setsCookie: boolean
}

/** Stands where the token will: of a token's own alphabet, so it is not escaped either. */
const PLACE = 'token-comes-here'

/** Of each link the landing of a person's plain click, which nearly every click is. It goes when the link leaves the memory. */
const plainLandings = new WeakMap<KnownLink, Landing>()

export function landingOf(config: Config, link: KnownLink | null, request: ClickRequest, isPlain: boolean): Landing {
  if (!link || !isPlain) return decide(config, link, request)
  const known = plainLandings.get(link)
  if (known) return known
  const landing = decide(config, link, request)
  plainLandings.set(link, landing)
  return landing
}

function decide(config: Config, link: KnownLink | null, request: ClickRequest): Landing {
  const policy = policyOf(link)
  const { click, location, mintsToken } = decideRedirect(link, request, sitesOf(config), policy)
  const { inUrl, inCookie } = tokenCarriage(policy, false)
  return { click, mintsToken, location, around: inUrl ? aroundToken(location) : null, setsCookie: inCookie }
}

/** The token is the last parameter, so the last place is its own, whatever the address says before. */
function aroundToken(location: string): readonly [string, string] {
  const address = withClickToken(location, PLACE)
  const at = address.lastIndexOf(`=${PLACE}`) + 1
  return [address.slice(0, at), address.slice(at + PLACE.length)]
}

/** Only what the link was loaded with counts here; the rest of the policy has no say in a redirect. */
function policyOf(link: KnownLink | null): Policy {
  if (!link) return DEFAULT_POLICY
  const { clicks, switches } = DEFAULT_POLICY
  return { ...DEFAULT_POLICY, clicks: { ...clicks, consentMode: link.consentMode }, switches: { ...switches, links: link.areLinksOpen } }
}

function sitesOf(config: Config): Sites {
  return {
    origins: { WEOKTO: originOf(config, 'WEOKTO'), STAM: originOf(config, 'STAM') },
    hosts: { WEOKTO: config.WEOKTO_HOSTS, STAM: config.STAM_HOSTS },
  }
}
