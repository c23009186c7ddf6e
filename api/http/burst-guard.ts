import { createMiddleware } from 'hono/factory'
import { RateLimited } from '#api/rate-limit.ts'
import type { AppEnv } from './env.ts'

/**
 * Slows down whoever writes faster than a person can, by part of the API: by person where somebody is signed in, so that more sessions buy
 * nothing, else by network. A brake against floods only; limits that must hold are counted in the database.
 */
export const burstGuard = createMiddleware<AppEnv>(async (c, next) => {
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return next()
  const { actor, client, runtime } = c.get('ctx')
  // Who bought under an address that they did not prove is not the person whose it is.
  const who = actor.kind === 'user' ? (actor.scopeCustomerId ?? actor.userId) : (client.ip ?? 'unknown')
  const part = new URL(c.req.url).pathname.split('/')[2] ?? ''
  if (!(await runtime.limit(`${part}:${who}`))) throw new RateLimited(60)
  return next()
})
