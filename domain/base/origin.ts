import { PLATFORMS, type Platform } from './enums.ts'

/** The host names of each site, as configured: "weokto.com", "www.weokto.com", "weokto.localhost"; one with a port matches that port only. */
export type SiteHosts = Readonly<Record<Platform, readonly string[]>>

/** Longest path or address that a link, a form or a button may name. */
export const MAX_TARGET_LENGTH = 2000

/** Any origin of ours: only the rest of the address is read. */
const BASE = 'https://site.invalid'

/** The site that a request's host belongs to, or null when the host is none of ours and must be refused (421). `host` may carry a port. */
export function platformOf(host: string, hosts: SiteHosts): Platform | null {
  const lower = host.toLowerCase()
  const name = lower.replace(/:\d+$/, '')
  return PLATFORMS.find((platform) => hosts[platform].includes(lower) || hosts[platform].includes(name)) ?? null
}

/**
 * A path to go on to within the site that asked, or null when the text could lead anywhere else. It starts with one slash and stays a
 * path however a browser, a proxy or a second decoding reads it: no `//`, no backslash, no control character, no dot segments that uncover either.
 */
export function safePath(to: string | null | undefined): string | null {
  if (to === null || to === undefined || to.length > MAX_TARGET_LENGTH || !staysHome(to)) return null
  const decodings = [to, decodeLoosely(to), decodeLoosely(decodeLoosely(to))]
  if (!decodings.every(staysHome) || !URL.canParse(to, BASE)) return null
  const url = new URL(to, BASE)
  const path = `${url.pathname}${url.search}${url.hash}`
  return url.origin === BASE && staysHome(path) ? path : null
}

/** The whole address of a safe path on a site, or the site's home when the path could lead elsewhere. `origin` is one of ours. */
export function targetOn(origin: string, to: string | null | undefined): string {
  return new URL(safePath(to) ?? '/', origin).href
}

/**
 * An absolute address on one of the owner's sites, normalised, or null: http(s) only (http for `*.localhost` only), a configured host, its
 * own port, no user information. For a button's success and cancel addresses and a community's landing page.
 */
export function ownUrl(address: string | null | undefined, hosts: SiteHosts): string | null {
  if (!address || address.length > MAX_TARGET_LENGTH || hasForbiddenCharacter(address) || !URL.canParse(address)) return null
  const url = new URL(address)
  const local = url.hostname.endsWith('.localhost')
  const schemeFits = url.protocol === 'https:' || (local && url.protocol === 'http:')
  if (!schemeFits || url.username !== '' || url.password !== '' || url.pathname.startsWith('//')) return null
  const listed = PLATFORMS.some((platform) => hosts[platform].includes(url.host) || (local && hosts[platform].includes(url.hostname)))
  return listed ? url.href : null
}

/**
 * Where webhooks may be received, from a comma-separated list: bare origins, https only (http for names of this machine), without user
 * information, path, query or fragment. Null when one of them is anything else, or when there is none.
 */
export function webhookOrigins(list: string): string[] | null {
  const named = list
    .split(',')
    .map((text) => text.trim())
    .filter(Boolean)
  const origins = named.map(bareOrigin).filter((origin) => origin !== null)
  return origins.length > 0 && origins.length === named.length ? [...new Set(origins)] : null
}

function bareOrigin(text: string): string | null {
  if (hasForbiddenCharacter(text) || !URL.canParse(text)) return null
  const { origin, protocol, hostname, href } = new URL(text)
  const local = hostname === 'localhost' || hostname === '127.0.0.1' || hostname.endsWith('.localhost')
  const schemeFits = protocol === 'https:' || (local && protocol === 'http:')
  return schemeFits && href === `${origin}/` ? origin : null
}

function staysHome(path: string): boolean {
  if (!path.startsWith('/') || hasForbiddenCharacter(path)) return false
  const beforeQuery = path.split(/[?#]/, 1)[0] ?? ''
  return !beforeQuery.includes('//')
}

/** Control characters are dropped and backslashes turned into slashes by URL parsers, which would uncover another host. */
function hasForbiddenCharacter(text: string): boolean {
  return /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\\]/u.test(text)
}

/** Percent-decoding that never fails: what is no valid escape stays as it is. */
function decodeLoosely(text: string): string {
  return text.replaceAll(/%[0-9a-f]{2}/gi, (escape) => {
    const code = Number.parseInt(escape.slice(1), 16)
    return code < 0x80 ? String.fromCharCode(code) : escape
  })
}
