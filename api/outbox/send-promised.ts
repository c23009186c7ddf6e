import type { Db } from '#db/client.ts'
import { MOST_IN_A_BATCH } from '#api/adapters/mail/port.ts'
import type { Ctx } from '#api/context.ts'
import { drainSoon } from './drain-once.ts'
import { rest } from './pace.ts'
import { tellSender } from './wake.ts'

/** What was promised within a moment is told together: a message of the queue costs more than the sale that it tells of. */
const WINDOW_MS = 25

/** The rows that wait for their moment's end, per running app. */
const waiting = new WeakMap<Db, string[]>()

/**
 * After a request that knows which rows it wrote: its sender is told of these, without looking for what is due, which costs two requests to the
 * database for each sale. A row that was not told of is found by the five-minute job. Null is a request that does not know them: see `drainSoon`, to
 * which everything comes that no sender takes.
 */
export function sendPromised(ctx: Ctx, rows: readonly string[] | null): void {
  if (rows === null || (rows.length > 0 && ctx.runtime.wakeSender === null)) return drainSoon(ctx)
  if (rows.length === 0) return
  const open = waiting.get(ctx.db)
  if (open && open.length + rows.length <= MOST_IN_A_BATCH) {
    open.push(...rows)
    return
  }
  const told = [...rows]
  waiting.set(ctx.db, told)
  ctx.runtime.waitUntil(tellAfterMoment(ctx, told))
}

async function tellAfterMoment(ctx: Ctx, rows: string[]): Promise<void> {
  await rest(WINDOW_MS)
  // A full one was replaced before; either way nobody adds to it from here on.
  if (waiting.get(ctx.db) === rows) waiting.delete(ctx.db)
  if (!(await tellSender(ctx, rows))) drainSoon(ctx)
}
