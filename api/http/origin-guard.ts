import { createMiddleware } from 'hono/factory'
import { AppError } from '#domain/error.ts'
import { originOf } from '#api/sites.ts'
import type { AppEnv } from './env.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])
/** Called by machines that have no Origin and prove themselves by a secret of their own. */
export const WEBHOOKS = /^\/webhooks\//

/** Every unsafe method needs an Origin of this very site, whatever its content type: a form on a foreign page can do nothing. */
export const originGuard = createMiddleware<AppEnv>(async (c, next) => {
  const url = new URL(c.req.url)
  if (SAFE.has(c.req.method) || WEBHOOKS.test(url.pathname)) return next()
  const { config, platform } = c.get('ctx')
  const origin = c.req.header('origin')
  // Behind a proxy that ends TLS the request's own URL says http, therefore the configured origin counts too.
  if (!origin || (origin !== url.origin && origin !== originOf(config, platform))) throw new AppError('bad_origin')
  return next()
})
