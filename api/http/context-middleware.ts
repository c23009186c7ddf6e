import { createMiddleware } from 'hono/factory'
import { readCookie, COOKIES } from '#api/session/cookies.ts'
import { loadSession } from '#api/session/load-session.ts'
import { isStale, touchSession } from '#api/session/touch-session.ts'
import { clientOf } from './client.ts'
import type { AppEnv } from './env.ts'
import { localeOf } from './locale.ts'
import { sha256Hex } from './secrets.ts'
import { siteOf } from './site.ts'

/** Makes the context of a request: site by host, clock read once, nobody signed in yet. */
export const visitorContext = createMiddleware<AppEnv>(async (c, next) => {
  const { services, edge } = c.env
  c.set('ctx', {
    ...services,
    actor: { kind: 'visitor' },
    now: new Date(),
    platform: siteOf(services.config, new URL(c.req.url)),
    locale: localeOf(c.req.raw),
    requestId: c.get('requestId'),
    client: clientOf(c.req.raw, edge),
  })
  return next()
})

/** Looks the session up for API calls; pages and static files cost no read. */
export const signedInContext = createMiddleware<AppEnv>(async (c, next) => {
  const token = readCookie(c, COOKIES.session)
  const ctx = c.get('ctx')
  if (!token || token.length > 100) return next()
  const session = await loadSession(ctx.db, ctx.platform, await sha256Hex(token), ctx.now)
  if (!session) return next()
  c.set('ctx', { ...ctx, actor: session.actor })
  if (isStale(session.lastSeenAt, ctx.now)) ctx.runtime.waitUntil(touchSession(ctx, session.actor.sessionId))
  return next()
})
