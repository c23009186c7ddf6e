import { and, isNotNull, isNull } from 'drizzle-orm'
import { outbox } from '#db/schema/all.ts'
import type { Ctx } from '#api/context.ts'
import { drainOnce } from './drain-once.ts'
import { Near } from './near.ts'
import { giveUpAbandoned } from './outcome.ts'
import { rest } from './pace.ts'

/** A run leaves time to the jobs after it and ends before the next one begins. */
const LONGEST_MS = 60_000
const MOST_ROUNDS = 500

/**
 * Every five minutes: sends until nothing is due or about to be, within bounds; what is left is the next run's. What was given up is counted in each
 * note until somebody has looked after it.
 */
export async function drainAll(ctx: Ctx): Promise<{ sent: number; failed: number; givenUp: number }> {
  const end = ctx.clock().getTime() + LONGEST_MS
  const all = { sent: 0, failed: 0 }
  const near = new Near()
  await giveUpAbandoned(ctx)
  for (let rounds = 0; rounds < MOST_ROUNDS && ctx.clock().getTime() < end; rounds += 1) {
    const beganAt = performance.now()
    const { sent, failed, againInMs } = await drainOnce(ctx)
    near.note(beganAt, againInMs)
    all.sent += sent
    all.failed += failed
    if (sent + failed > 0) continue
    const waitMs = near.waitMs()
    if (waitMs === null) break
    await rest(waitMs)
  }
  return { ...all, givenUp: await ctx.db.$count(outbox, and(isNotNull(outbox.failedAt), isNull(outbox.withheldAt))) }
}
