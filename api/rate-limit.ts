import { sql } from 'drizzle-orm'
import { rateLimits } from '#db/schema/all.ts'
import type { ErrorCode } from '#domain/error-codes.ts'
import { AppError } from '#domain/error.ts'
import type { Ctx } from './context.ts'

/** Too many tries; the answer carries when to come back. */
export class RateLimited extends AppError {
  readonly retryAfterSeconds: number

  constructor(retryAfterSeconds: number, code: ErrorCode = 'rate_limited') {
    super(code)
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/**
 * Counts one more use of each key in its hour and refuses when any is over. Counted in the database, because these limits guard people's
 * mailboxes and codes and must hold for all data centres together. One round trip.
 */
export async function countOrRefuse(ctx: Ctx, limits: { key: string; most: number }[], code?: 'mails_limited'): Promise<void> {
  const windowStart = new Date(Math.floor(ctx.now.getTime() / 3_600_000) * 3_600_000)
  const rows = await ctx.db
    .insert(rateLimits)
    .values(limits.map(({ key }) => ({ key, windowStart, count: 1 })))
    .onConflictDoUpdate({ target: [rateLimits.key, rateLimits.windowStart], set: { count: sql`${rateLimits.count} + 1` } })
    .returning({ key: rateLimits.key, count: rateLimits.count })
  const over = limits.some(({ key, most }) => (rows.find((row) => row.key === key)?.count ?? 0) > most)
  if (over) throw new RateLimited(Math.ceil((windowStart.getTime() + 3_600_000 - ctx.now.getTime()) / 1000), code)
}
