import { Hono } from 'hono'
import { serialize } from 'hono/utils/cookie'
import type { Services } from '#api/context.ts'
import { MAX_URL_CHARACTERS } from '#api/http/body-guard.ts'
import { clientOf } from '#api/http/client.ts'
import type { AppEnv } from '#api/http/env.ts'
import { siteOf } from '#api/http/site.ts'
import { COOKIES } from '#api/session/cookies.ts'
import type { Platform } from '#domain/enums.ts'
import type { PrefetchHeaders } from '#domain/link.ts'
import { findPan } from '#domain/pan.ts'
import { redirect, type Redirection } from './redirect.ts'

/** Browsers keep no cookie longer than 400 days, and the serializer refuses more. */
const MOST_COOKIE_SECONDS = 400 * 86_400

/**
 * The one route that stands before the app's chain, because a click must cost next to nothing. What it would not answer at once (a foreign
 * host, an overlong address, a card number in the query) goes on down the chain, which refuses it there as everywhere else.
 */
export const clickRoutes = new Hono<AppEnv>().get('/r/:code', async (c, next) => {
  const { services, edge } = c.env
  const url = new URL(c.req.url)
  const platform = siteOrNull(services, url)
  if (!platform || c.req.url.length > MAX_URL_CHARACTERS || (url.search !== '' && findPan(url.search))) return next()
  const { headers } = c.req.raw
  const redirection = await redirect(
    { ...services, platform, now: new Date(), client: clientOf(c.req.raw, edge) },
    {
      code: c.req.param('code'),
      query: url.search === '' ? {} : firstOfEach(url.searchParams),
      method: c.req.raw.method,
      headers: prefetchHeaders(headers),
      referrer: headers.get('referer'),
    },
  )
  return new Response(null, { status: 302, headers: headersOf(services, redirection) })
})

/** Of a parameter given twice the first counts; without a prototype, so that no name means anything but itself. */
function firstOfEach(parameters: URLSearchParams): Record<string, string> {
  const first: Record<string, string> = Object.create(null)
  for (const [name, value] of parameters) first[name] ??= value
  return first
}

const PREFETCH = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'] as const

function prefetchHeaders(headers: Headers): PrefetchHeaders {
  const told: { -readonly [Name in keyof PrefetchHeaders]: PrefetchHeaders[Name] } = {}
  for (const name of PREFETCH) {
    const value = headers.get(name)
    if (value !== null) told[name] = value
  }
  return told
}

function siteOrNull(services: Services, url: URL): Platform | null {
  try {
    return siteOf(services.config, url)
  } catch {
    return null
  }
}

function headersOf({ config }: Services, { location, cookie }: Redirection): Record<string, string> {
  const secure = config.STAM_ORIGIN.startsWith('https:')
  return {
    location,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-robots-tag': 'noindex, nofollow',
    ...(secure ? { 'strict-transport-security': 'max-age=63072000; includeSubDomains; preload' } : {}),
    ...(cookie ? { 'set-cookie': clickCookie(cookie, secure) } : {}),
  }
}

function clickCookie({ token, maxAgeSeconds }: NonNullable<Redirection['cookie']>, secure: boolean): string {
  const name = secure ? `__Host-${COOKIES.click}` : COOKIES.click
  return serialize(name, token, { path: '/', httpOnly: true, sameSite: 'Lax', secure, maxAge: Math.min(maxAgeSeconds, MOST_COOKIE_SECONDS) })
}
