import { isNotNull } from 'drizzle-orm'
import { outbox } from '#db/schema/all.ts'
import type { Ctx } from '#api/context.ts'
import { drainOnce, giveUpAbandoned } from './drain-once.ts'

/** A run leaves time to the jobs after it and ends before the next one begins. */
const LONGEST_MS = 60_000
const MOST_ROUNDS = 500

/**
 * Every five minutes: sends until nothing is due, within bounds; what is left is the next run's. What was given up is counted in each note until
 * somebody has looked after it.
 */
export async function drainAll(ctx: Ctx): Promise<{ sent: number; failed: number; givenUp: number }> {
  const end = ctx.clock().getTime() + LONGEST_MS
  const all = { sent: 0, failed: 0 }
  await giveUpAbandoned(ctx)
  for (let rounds = 0; rounds < MOST_ROUNDS && ctx.clock().getTime() < end; rounds += 1) {
    const { sent, failed } = await drainOnce(ctx)
    if (sent + failed === 0) break
    all.sent += sent
    all.failed += failed
  }
  return { ...all, givenUp: await ctx.db.$count(outbox, isNotNull(outbox.failedAt)) }
}
