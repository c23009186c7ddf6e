import { Hono } from 'hono'
import { serialize } from 'hono/utils/cookie'
import type { PrefetchHeaders } from '#domain/affiliation/link.ts'
import type { Platform } from '#domain/base/enums.ts'
import { clientOf } from '#api/client.ts'
import type { Config } from '#api/config.ts'
import { holdsPan, MAX_URL_CHARACTERS } from '#api/http/body-guard.ts'
import { cookieAttributes, cookieName } from '#api/http/cookies.ts'
import type { AppEnv } from '#api/http/env.ts'
import { STRICT_TRANSPORT } from '#api/http/security-headers.ts'
import { siteOf } from '#api/sites.ts'
import { holdsNoPan } from './known-clean.ts'
import { redirect, type Redirection } from './redirect.ts'

/**
 * The one route that stands before the app's chain, because a click must cost next to nothing. What it would not answer at once (a foreign
 * host, an overlong address, a card number in the address or in what is kept of the headers) goes on down the chain, which refuses it there as
 * everywhere else.
 */
export const clickRoutes = new Hono<AppEnv>().get('/r/:code', async (c, next) => {
  const { services, edge } = c.env
  const { raw, url } = c.req
  const platform = siteOfUrl(services.config, url)
  const search = url.indexOf('?')
  if (!platform || url.length > MAX_URL_CHARACTERS || holdsPan(url.slice(url.indexOf('/r/')))) return next()
  const client = clientOf(raw, edge)
  const referrer = raw.headers.get('referer')?.slice(0, MOST_REFERRER) ?? null
  if (!holdsNoPan(client.userAgent) || !holdsNoPan(referrer)) return next()
  const told = prefetchHeaders(raw.headers)
  const click = {
    code: c.req.param('code'),
    query: search === -1 ? NO_QUERY : firstOfEach(new URL(url).searchParams),
    method: raw.method,
    headers: told,
    referrer,
    isPlain: search === -1 && told === NO_HEADERS && raw.method === 'GET',
  }
  const { config, db, runtime } = services
  const redirection = await redirect({ config, db, runtime, platform, now: services.clock(), client }, click)
  return new Response(null, { status: 302, headers: headersOf(config, redirection) })
})

const MOST_REFERRER = 300

/** Of a parameter given twice the first counts; without a prototype, so that no name means anything but itself. */
function firstOfEach(parameters: URLSearchParams): Record<string, string> {
  const first: Record<string, string> = Object.create(null)
  for (const [name, value] of parameters) first[name] ??= value
  return first
}

const NO_QUERY: Record<string, string> = Object.freeze(Object.create(null))
const NO_HEADERS: PrefetchHeaders = Object.freeze({})
const PREFETCH = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'] as const

function prefetchHeaders(headers: Headers): PrefetchHeaders {
  if (!PREFETCH.some((name) => headers.has(name))) return NO_HEADERS
  return Object.fromEntries(PREFETCH.flatMap((name) => (headers.has(name) ? [[name, headers.get(name) ?? '']] : [])))
}

/** Which site each origin that was asked for belongs to; only origins of ours are kept, and those are few. */
const sites = new WeakMap<Config, Map<string, Platform>>()
const MOST_ORIGINS = 100

function siteOfUrl(config: Config, url: string): Platform | null {
  const origin = url.slice(0, url.indexOf('/', url.indexOf('//') + 2))
  const known = sites.get(config)
  const found = known?.get(origin)
  if (found) return found
  const site = siteOrNull(config, url)
  if (site && (known?.size ?? 0) < MOST_ORIGINS) sites.set(config, (known ?? new Map<string, Platform>()).set(origin, site))
  return site
}

function siteOrNull(config: Config, url: string): Platform | null {
  try {
    return siteOf(config, new URL(url))
  } catch {
    return null
  }
}

function headersOf(config: Config, { location, cookie }: Redirection): Record<string, string> {
  const headers: Record<string, string> = { location, 'cache-control': 'no-store' }
  const isSecure = config.STAM_ORIGIN.startsWith('https:')
  if (isSecure) headers['strict-transport-security'] = STRICT_TRANSPORT
  if (cookie)
    headers['set-cookie'] = serialize(cookieName('click', isSecure), cookie.token, cookieAttributes(isSecure, cookie.maxAgeSeconds))
  return headers
}
