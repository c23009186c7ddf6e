import { createMiddleware } from 'hono/factory'
import { AppError } from '#domain/error.ts'
import type { AppEnv } from './env.ts'

const READS = new Set(['GET', 'HEAD', 'OPTIONS'])
const JSON_TYPE = /^application\/(?:[a-z.-]+\+)?json\s*(?:;|$)/i

/** What changes something is told in JSON, or in nothing: a body that calls itself anything else is not guessed at. */
export const jsonOnly = createMiddleware<AppEnv>(async (c, next) => {
  if (READS.has(c.req.method) || JSON_TYPE.test(c.req.header('content-type') ?? '')) return next()
  if ((await c.req.text()) !== '') throw new AppError('unsupported_media_type')
  return next()
})
