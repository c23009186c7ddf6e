import { createMiddleware } from 'hono/factory'
import { COOKIES, readCookie } from '#api/session/cookies.ts'
import type { AppEnv } from './env.ts'
import { RateLimited } from './rate-limited.ts'
import { sha256Hex } from './secrets.ts'

/**
 * Slows down whoever writes faster than a person can: by session where there is one, else by network, and by part of the API. A brake against
 * floods only; limits that must hold are counted in the database.
 */
export const burstGuard = createMiddleware<AppEnv>(async (c, next) => {
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return next()
  const { client, runtime } = c.get('ctx')
  const token = readCookie(c, COOKIES.session)
  const who = token ? (await sha256Hex(token.slice(0, 100))).slice(0, 24) : (client.ip ?? 'unknown')
  const part = new URL(c.req.url).pathname.split('/')[2] ?? ''
  if (!(await runtime.limit(`${part}:${who}`))) throw new RateLimited(60)
  return next()
})
