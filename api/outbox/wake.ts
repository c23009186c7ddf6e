import type { Ctx } from '#api/context.ts'
import { briefOf, log } from '#api/log.ts'
import { selectDueBulk } from './claim.ts'

/**
 * Tells the one sender behind the mail queue which mails are due, by the ids of their rows. The rows are committed before and stay what is true: a
 * message that is lost, late or doubled changes nothing. False when nobody could be told, because there is no such queue here or it takes nothing:
 * then whoever asks sends by itself.
 */
export async function isLeftToSender(ctx: Ctx): Promise<boolean> {
  if (ctx.runtime.wakeSender === null) return false
  const due = await selectDueBulk(ctx)
  return (
    due.length === 0 ||
    tellSender(
      ctx,
      due.map(({ id }) => id),
    )
  )
}

/** The same for rows that are known. */
export async function tellSender(ctx: Ctx, rows: readonly string[]): Promise<boolean> {
  const { wakeSender } = ctx.runtime
  if (wakeSender === null) return false
  try {
    await wakeSender({ rows })
    return true
  } catch (error) {
    log(ctx, 'sender_not_woken', { level: 'warn', rows: rows.length, message: briefOf(error) })
    return false
  }
}
