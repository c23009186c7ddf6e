import { AppError } from '#domain/error.ts'

/** Too many tries; the answer carries when to come back. */
export class RateLimited extends AppError {
  readonly retryAfterSeconds: number

  constructor(retryAfterSeconds: number) {
    super('rate_limited')
    this.retryAfterSeconds = retryAfterSeconds
  }
}
