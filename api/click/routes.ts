import { Hono } from 'hono'
import { serialize } from 'hono/utils/cookie'
import type { Services } from '#api/context.ts'
import { MAX_URL_CHARACTERS } from '#api/http/body-guard.ts'
import { clientOf } from '#api/http/client.ts'
import type { AppEnv } from '#api/http/env.ts'
import { siteOf } from '#api/http/site.ts'
import { COOKIES } from '#api/session/cookies.ts'
import type { Platform } from '#domain/enums.ts'
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
      query: url.searchParams,
      isHead: c.req.raw.method === 'HEAD',
      purpose: headers.get('sec-purpose') ?? headers.get('purpose') ?? headers.get('x-moz'),
      referrer: headers.get('referer'),
    },
  )
  return new Response(null, { status: 302, headers: headersOf(services, redirection) })
})

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
