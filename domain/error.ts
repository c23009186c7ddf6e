import type { ErrorCode } from './error-codes.ts'

/** Which input was wrong and why, by its path ("email", "address.city"); the values are sentences for people. */
export type ErrorFields = Readonly<Record<string, string>>

/**
 * The only error that is meant to reach a person. Anything else that is thrown answers `internal` and nothing more. It names its code and no table:
 * a rule that may refuse is asked by pages too, and no page needs every code with its status.
 */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly fields: ErrorFields | null
  /** What was said instead of the table's sentence, in the person's language; null when the table speaks. */
  readonly said: string | null

  constructor(code: ErrorCode, message?: string, fields?: ErrorFields) {
    super(message ?? code)
    this.name = 'AppError'
    this.code = code
    this.fields = fields ?? null
    this.said = message ?? null
  }
}
