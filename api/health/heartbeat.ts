import { heartbeats } from '#db/schema/all.ts'
import type { Ctx } from '#api/context.ts'
import { briefOf, log } from '#api/log.ts'

/** Where the dead-letter queues leave their heartbeat. */
export const DEAD_LETTERS = 'dead-letters'

type Writing = Pick<Ctx, 'db'>
type Values = Partial<typeof heartbeats.$inferInsert>

/** The one row of a job: what is not said stays as it was, so that a run that dies leaves when the last one ended well. */
export function beatStatement({ db }: Writing, job: string, values: Values, knownSince: Date) {
  return db
    .insert(heartbeats)
    .values({ job, knownSince, ...values })
    .onConflictDoUpdate({ target: heartbeats.job, set: values })
}

/** That a message died is told to whoever watches, and costs no message: a database that is away is told of by others. */
export async function noteDeadLetters(ctx: Ctx, queue: string, messages: number): Promise<void> {
  const at = ctx.clock()
  const note = JSON.stringify({ queue, messages })
  try {
    await beatStatement(ctx, DEAD_LETTERS, { startedAt: at, finishedAt: at, ok: true, note }, at)
  } catch (error) {
    log(ctx, 'dead_letters_not_noted', { queue, messages, message: briefOf(error) })
  }
}
