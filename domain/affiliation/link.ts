import * as z from 'zod/mini'
import type { Platform } from '#domain/base/enums.ts'
import { Id } from '#domain/base/id.ts'
import { ownUrl, safePath, targetOn, type SiteHosts } from '#domain/base/origin.ts'
import type { Policy } from '#domain/base/policy.ts'
import { cleanLine, line, withoutCardNumber } from '#domain/base/text.ts'

/** The parameter in which a click token travels from a link to the landing page and, through `pay.js`, to the checkout. */
export const CLICK_PARAMETER = 'ck'

const UTM_KEYS = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content', 'utm_id'] as const
const MAX_UTM_LENGTH = 120
const MAX_SUB_LENGTH = 100

/** 32 small letters and digits that nobody confuses. */
const CODE_ALPHABET = '23456789abcdefghjklmnpqrstuvwxyz'
const CODE_LENGTH = 8

/** A link's code as it stands in `/r/<code>`: 3 to 40 small letters, digits and dashes. */
export const linkCode = z.string().check(z.trim(), z.toLowerCase(), z.regex(/^[a-z0-9](?:[a-z0-9-]{1,38})[a-z0-9]$/))

const toPath = z.string().check(
  z.trim(),
  z.refine((path) => safePath(path) !== null),
  withoutCardNumber,
)

/** What an affiliate states to make a link: exactly one target, and a code of their own if they like. */
export const CreateLink = z
  .strictObject({
    productId: z.optional(Id),
    communityId: z.optional(Id),
    code: z.optional(linkCode.check(withoutCardNumber)),
    label: z.optional(line(80)),
    campaign: z.optional(line(MAX_UTM_LENGTH)),
    toPath: z.optional(toPath),
  })
  .check(z.refine((input) => (input.productId === undefined) !== (input.communityId === undefined), { path: ['productId'] }))

export const ChangeLink = z.strictObject({
  label: z.optional(z.nullable(line(80))),
  campaign: z.optional(z.nullable(line(MAX_UTM_LENGTH))),
  toPath: z.optional(z.nullable(toPath)),
  isActive: z.optional(z.boolean()),
  isArchived: z.optional(z.boolean()),
})

/** A code of at least 8 random bytes; throws RangeError for fewer. */
export function linkCodeOf(random: Uint8Array): string {
  if (random.length < CODE_LENGTH) throw new RangeError('eight random bytes make a link code')
  return Array.from(random.slice(0, CODE_LENGTH), (byte) => CODE_ALPHABET[byte % CODE_ALPHABET.length]).join('')
}

/** A link as the cache keeps it. */
export type LinkTarget = {
  readonly linkId: string
  readonly code: string
  readonly affiliateId: string
  readonly productId: string | null
  /** The community itself, or the product's. */
  readonly communityId: string
  /** The site the community belongs to. */
  readonly platform: Platform
  readonly landingPageUrl: string | null
  readonly toPath: string | null
  readonly campaign: string | null
  readonly isActive: boolean
  readonly archivedAt: Date | string | null
  readonly isAffiliateBlocked: boolean
}

export type ClickRequest = {
  readonly method: string
  /** The request's query parameters; of a repeated one, the first. */
  readonly query: Readonly<Record<string, string | undefined>>
  readonly headers: PrefetchHeaders
  /** What the list of known robots says of the user agent. */
  readonly isBot: boolean
  /** The site whose host was asked. */
  readonly platform: Platform
}

/** The lower-case names of the headers by which browsers and messengers say that nobody clicked yet. */
export type PrefetchHeaders = Readonly<Partial<Record<'purpose' | 'sec-purpose' | 'x-purpose' | 'x-moz', string>>>

export type Sites = { readonly origins: Readonly<Record<Platform, string>>; readonly hosts: SiteHosts }

/** Why a click is recorded and not counted. */
export const FILTERED_REASONS = ['head', 'prefetch', 'bot', 'paused'] as const
export type FilteredReason = (typeof FILTERED_REASONS)[number]

export type ClickRecord = {
  readonly filteredReason: FilteredReason | null
  readonly campaign: string | null
  readonly source: string | null
  readonly medium: string | null
  readonly utm: Readonly<Record<string, string>> | null
  readonly subId: string | null
  readonly landingPath: string
}

export type RedirectDecision = {
  readonly status: 302
  /** Always on one of the owner's sites, without a click token. */
  readonly location: string
  /** Null for an unknown or disabled link: there is nobody to record it for. */
  readonly click: ClickRecord | null
  /** Whether a token is minted for this click; robots and previews get none. */
  readonly mintsToken: boolean
}

/**
 * Where `/r/<code>` leads: the path that the visitor's `to` names, else the link's own, else the community's landing page, else the home of its
 * site; an unknown or disabled link leads to the home of the site that was asked. Nothing in the request can lead elsewhere.
 */
export function decideRedirect(link: LinkTarget | null, request: ClickRequest, sites: Sites, policy: Policy): RedirectDecision {
  if (link === null || !link.isActive || link.archivedAt !== null || link.isAffiliateBlocked) {
    return { status: 302, location: targetOn(sites.origins[request.platform], '/'), click: null, mintsToken: false }
  }
  const utm = utmOf(request.query)
  const location = withUtm(landingOf(link, request.query['to'], sites), utm)
  const filteredReason = filteredReasonOf(request, policy)
  const click: ClickRecord = {
    filteredReason,
    campaign: utm['utm_campaign'] ?? link.campaign,
    source: utm['utm_source'] ?? null,
    medium: utm['utm_medium'] ?? null,
    utm: Object.keys(utm).length > 0 ? utm : null,
    subId: bounded(request.query['sub'], MAX_SUB_LENGTH),
    landingPath: location.pathname,
  }
  return { status: 302, location: location.href, click, mintsToken: filteredReason === null }
}

/** The landing address with the click token in it, replacing any that was there. */
export function withClickToken(location: string, token: string): string {
  const url = new URL(location)
  url.searchParams.set(CLICK_PARAMETER, token)
  return url.href
}

export type TokenCarriage = { readonly inUrl: boolean; readonly inCookie: boolean }

/** Where the click token may travel: the cookie needs the visitor's consent unless the mode is `open`; `strict` keeps it out of the URL too until then. */
export function tokenCarriage(policy: Policy, hasConsented: boolean): TokenCarriage {
  const mode = policy.clicks.consentMode
  return { inUrl: mode !== 'strict' || hasConsented, inCookie: mode === 'open' || hasConsented }
}

/** Why this request is no click of a person's, or null when it is one. */
export function filteredReasonOf({ method, headers, isBot }: ClickRequest, policy: Policy): FilteredReason | null {
  if (method.toUpperCase() === 'HEAD') return 'head'
  const purposes = [headers.purpose, headers['sec-purpose'], headers['x-purpose'], headers['x-moz']]
  if (purposes.some((purpose) => purpose !== undefined && /prefetch|prerender|preview/i.test(purpose))) return 'prefetch'
  if (isBot) return 'bot'
  return policy.switches.links ? null : 'paused'
}

function landingOf(link: LinkTarget, to: string | undefined, sites: Sites): URL {
  const landing = ownUrl(link.landingPageUrl, sites.hosts)
  // A path belongs to the site of the landing page, which need not be the site whose host was asked.
  const origin = landing === null ? sites.origins[link.platform] : new URL(landing).origin
  const path = safePath(to) ?? safePath(link.toPath)
  return new URL(path === null ? (landing ?? targetOn(origin, '/')) : targetOn(origin, path))
}

function utmOf(query: ClickRequest['query']): Record<string, string> {
  const entries = UTM_KEYS.map((key) => [key, bounded(query[key], MAX_UTM_LENGTH)] as const)
  return Object.fromEntries(entries.filter((entry): entry is readonly [(typeof UTM_KEYS)[number], string] => entry[1] !== null))
}

function withUtm(location: URL, utm: Readonly<Record<string, string>>): URL {
  const url = new URL(location)
  url.searchParams.delete(CLICK_PARAMETER)
  for (const [key, value] of Object.entries(utm)) url.searchParams.set(key, value)
  return url
}

function bounded(value: string | undefined, max: number): string | null {
  if (value === undefined) return null
  const clean = Array.from(cleanLine(value.slice(0, max * 4)))
    .slice(0, max)
    .join('')
    .trim()
  return clean === '' ? null : clean
}
