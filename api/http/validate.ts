import { zValidator } from '@hono/zod-validator'
import type { ValidationTargets } from 'hono'
import { AppError } from '#domain/error.ts'
import type * as z from 'zod/v4/core'

/**
 * The one way a route reads input. It throws instead of answering, so that `onError` alone shapes refusals and the typed client does not
 * carry zod's error type in every response.
 */
export function validate<Target extends keyof ValidationTargets, Schema extends z.$ZodType>(target: Target, schema: Schema) {
  return zValidator(target, schema, (result) => {
    if (result.success) return
    const fields: Record<string, string> = {}
    for (const issue of result.error.issues) {
      const path = issue.path.map(String).join('.') || target
      fields[path] ??= issue.code ?? 'invalid'
    }
    throw new AppError('invalid_input', undefined, fields)
  })
}
