import { createMiddleware } from 'hono/factory'
import { clientOf } from '#api/client.ts'
import { sha256Hex } from '#api/crypto.ts'
import { loadSession } from '#api/identity/session/load-session.ts'
import { isStale, touchSession } from '#api/identity/session/touch-session.ts'
import { RateLimited } from '#api/rate-limit.ts'
import { siteOf } from '#api/sites.ts'
import { readCookie } from './cookies.ts'
import type { AppEnv } from './env.ts'
import { localeOf } from './locale.ts'

/** Makes the context of a request: site by host, clock read once, nobody signed in yet. */
export const visitorContext = createMiddleware<AppEnv>(async (c, next) => {
  const { services, edge } = c.env
  c.set('ctx', {
    ...services,
    actor: { kind: 'visitor' },
    now: services.clock(),
    platform: siteOf(services.config, new URL(c.req.url)),
    locale: localeOf(c.req.raw),
    requestId: c.get('requestId'),
    client: clientOf(c.req.raw, edge),
  })
  return next()
})

/**
 * Looks the session up for API calls; pages and static files cost no read. What has not the form of our tokens is not looked up; one that is not
 * found costs that one read, and counts against its network before anything else is read for it.
 */
export const signedInContext = createMiddleware<AppEnv>(async (c, next) => {
  const token = readCookie(c, 'session')
  const ctx = c.get('ctx')
  if (!token) return next()
  const session = await loadSession(ctx.db, ctx.platform, await sha256Hex(token), ctx.now)
  if (!session) {
    if (!(await ctx.runtime.limit(`cookie:${ctx.client.ip ?? 'unknown'}`))) throw new RateLimited(60)
    return next()
  }
  c.set('ctx', { ...ctx, actor: session.actor })
  if (isStale(session.lastSeenAt, ctx.now)) ctx.runtime.waitUntil(touchSession(ctx, session.actor.sessionId))
  return next()
})
