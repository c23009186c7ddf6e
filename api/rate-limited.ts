import { AppError, type ErrorCode } from '#domain/error.ts'

/** Too many tries; the answer carries when to come back. */
export class RateLimited extends AppError {
  readonly retryAfterSeconds: number

  constructor(retryAfterSeconds: number, code: ErrorCode = 'rate_limited') {
    super(code)
    this.retryAfterSeconds = retryAfterSeconds
  }
}
