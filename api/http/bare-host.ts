import { createMiddleware } from 'hono/factory'
import { originOf } from '#api/sites.ts'
import type { AppEnv } from './env.ts'
import { WEBHOOKS } from './origin-guard.ts'

/**
 * `www.` of a site is the same address: whoever comes there is sent on for good, with method, path and query, because sessions and everything that
 * is checked against the site's own origin belong to the bare name. It stands behind the body guard, so that no refused address is repeated.
 */
export const bareHost = createMiddleware<AppEnv>(async (c, next) => {
  const { config, platform } = c.get('ctx')
  const { hostname, pathname, search } = new URL(c.req.url)
  // A machine that posts does not follow; it proves itself by its secret, whatever the name.
  if (WEBHOOKS.test(pathname)) return next()
  const origin = originOf(config, platform)
  if (hostname !== `www.${new URL(origin).hostname}`) return next()
  return new Response(null, {
    status: 308,
    headers: { location: `${origin}${pathname}${search}`, 'cache-control': 'public, max-age=3600' },
  })
})
