import { createMiddleware } from 'hono/factory'
import type { AppEnv } from './env.ts'
import { RateLimited } from './rate-limited.ts'

/**
 * Slows down whoever writes faster than a person can: by session where there is one (looked up, so that a made-up cookie buys nothing), else
 * by network, and by part of the API. A brake against floods only; limits that must hold are counted in the database.
 */
export const burstGuard = createMiddleware<AppEnv>(async (c, next) => {
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return next()
  const { actor, client, runtime } = c.get('ctx')
  const who = actor.kind === 'user' ? actor.sessionId : (client.ip ?? 'unknown')
  const part = new URL(c.req.url).pathname.split('/')[2] ?? ''
  if (!(await runtime.limit(`${part}:${who}`))) throw new RateLimited(60)
  return next()
})
