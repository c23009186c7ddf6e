import { zValidator } from '@hono/zod-validator'
import type { ValidationTargets } from 'hono'
import type { $ZodType } from 'zod/v4/core'
import { isErrorCode } from '#domain/error-codes.ts'
import { AppError } from '#domain/error.ts'
import { fieldText } from './field-text.ts'
import { localeOf } from './locale.ts'

/**
 * The one way a route reads input. It throws instead of answering, so that `onError` alone shapes refusals and the typed client does not
 * carry zod's error type in every response. A check may name a refusal of its own (`RefusalParams`), which then speaks for the whole request.
 */
export function validate<Target extends keyof ValidationTargets, Schema extends $ZodType>(target: Target, schema: Schema) {
  return zValidator(target, schema, (result, c) => {
    if (result.success) return
    for (const issue of result.error.issues) {
      const refusal: unknown = issue.code === 'custom' ? issue.params?.['code'] : null
      if (isErrorCode(refusal)) throw new AppError(refusal)
    }
    const locale = localeOf(c.req.raw)
    const fields: Record<string, string> = {}
    for (const issue of result.error.issues.slice(0, 20)) {
      const path = issue.path.map(String).join('.').slice(0, 100) || target
      fields[path] ??= fieldText(issue.code, locale)
    }
    throw new AppError('invalid_input', undefined, fields)
  })
}
