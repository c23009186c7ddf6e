import { createMiddleware } from 'hono/factory'
import type { AppEnv } from './env.ts'
import { securityHeaders } from './security-headers.ts'

/** Every answer carries an id that its error body and log line share, so that a person can quote it. */
export const requestIdMiddleware = createMiddleware<AppEnv>(async (c, next) => {
  c.set('requestId', crypto.randomUUID())
  await next()
  c.header('x-request-id', c.get('requestId'))
})

export const headersMiddleware = createMiddleware<AppEnv>(async (c, next) => {
  await next()
  const { pathname } = new URL(c.req.url)
  for (const [name, value] of Object.entries(securityHeaders(c.env.services.config, pathname))) {
    // An answer that brings its own is stricter.
    if (!c.res.headers.has(name)) c.header(name, value)
  }
  // What the API says is about one person at one moment.
  if (!c.res.headers.has('cache-control') && !pathname.startsWith('/assets/')) c.header('cache-control', 'no-store')
})
