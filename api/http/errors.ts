import type { Context, ErrorHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { statusOf, type ErrorCode } from '#domain/error-codes.ts'
import { messageOf } from '#domain/error-text.ts'
import { AppError } from '#domain/error.ts'
import { briefOf, log } from '#api/log.ts'
import { RateLimited } from '#api/rate-limit.ts'
import type { AppEnv } from './env.ts'
import { errorPage, wantsPage } from './error-page.ts'
import { localeOf } from './locale.ts'

const CODE_OF_STATUS: Record<number, ErrorCode> = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
}

/** The single shape of a refusal, or a page for a person who came to see one. Unknown errors say `internal` and nothing more; their text goes to the log, without the request's body or query. */
export const onError: ErrorHandler<AppEnv> = (error, c) => answerError(c, asAppError(error))

export function answerError(c: Context<AppEnv>, error: AppError): Response {
  const requestId = c.get('requestId') ?? 'unknown'
  if (error.code === 'internal') logInternal(requestId, error.cause ?? error)
  const locale = localeOf(c.req.raw)
  if (wantsPage(c.req.raw)) return errorPage(error, { locale, requestId, config: c.env.services.config })
  const message = messageOf(error, locale)
  const body = { error: { code: error.code, message, ...(error.fields ? { fields: error.fields } : {}), requestId } }
  const headers = new Headers({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
  if (error instanceof RateLimited) headers.set('retry-after', String(error.retryAfterSeconds))
  return new Response(JSON.stringify(body), { status: statusOf(error), headers })
}

function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (error instanceof HTTPException) return new AppError(CODE_OF_STATUS[error.status] ?? 'bad_request')
  const wrapped = new AppError('internal')
  wrapped.cause = error
  return wrapped
}

function logInternal(requestId: string, error: unknown): void {
  const cause = error instanceof Error ? error : new Error(String(error))
  const why = cause.cause instanceof Error ? ` <- ${cause.cause.name}: ${briefOf(cause.cause)}` : ''
  log({ requestId }, 'internal', { name: cause.name, message: briefOf(cause), why, stack: framesOf(cause) })
}

/** Where it happened, without what happened: a stack begins with the whole message, and a statement's parameters stand on lines of their own in it. */
function framesOf({ stack = '' }: Error): string[] {
  return stack
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^at .+:\d+:\d+\)?$/.test(line))
    .slice(0, 5)
}
