import { and, inArray, isNull } from 'drizzle-orm'
import * as z from 'zod/mini'
import { outbox } from '#db/schema/all.ts'
import { Id } from '#domain/base/id.ts'
import { MOST_IN_A_BATCH } from '#api/adapters/mail/port.ts'
import type { Ctx } from '#api/context.ts'
import { log } from '#api/log.ts'
import { drainAll } from './drain-all.ts'

const WakeMessage = z.object({ rows: z.array(Id).check(z.maxLength(MOST_IN_A_BATCH)) })

/**
 * One batch of the mail queue: sends whatever is due, codes first. The queue runs one of these at a time, so that what goes together keeps the
 * provider's rate. Rows that have been decided meanwhile need nobody. Throws when the database does not answer; the queue then asks again.
 */
export async function consumeWakes(ctx: Ctx, messages: readonly unknown[]): Promise<void> {
  const ids = [...new Set(messages.flatMap(rowsIn))]
  if (ids.length === 0) return
  const undecided = and(inArray(outbox.id, ids), isNull(outbox.sentAt), isNull(outbox.failedAt))
  const [open] = await ctx.db.select({ id: outbox.id }).from(outbox).where(undecided).limit(1)
  if (open) await drainAll(ctx)
}

function rowsIn(message: unknown): string[] {
  const read = WakeMessage.safeParse(message)
  if (read.success) return read.data.rows
  log(null, 'wake_unreadable', { level: 'warn' })
  return []
}
