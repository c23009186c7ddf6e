import { and, eq, inArray, isNull, notInArray, or, sql } from 'drizzle-orm'
import { outbox } from '#db/schema/all.ts'
import { decideRetry, OUTBOX_TRIES } from '#domain/base/outbox.ts'
import { MailFailed } from '#api/adapters/mail/port.ts'
import type { Ctx } from '#api/context.ts'
import { briefOf, log } from '#api/log.ts'
import { isFree, isOpen, type ClaimedRow } from './claim.ts'
import type { Sent } from './send.ts'

/** What became of one row. `againInMs`: when it may be tried once more; null when it was sent or given up. */
export interface Outcome extends Sent {
  row: ClaimedRow
  ok: boolean
  againInMs: number | null
}

/** What was sent is of no more use here and may hold a link: the payload goes with the sending, and with that of a batch its members'. */
export async function noteSent(ctx: Ctx, outcomes: readonly Outcome[]): Promise<void> {
  const sent = outcomes.filter(({ ok }) => ok)
  if (sent.length === 0) return
  const ids = sent.map(({ row }) => row.id)
  const refused = sent.flatMap((outcome) => outcome.refused ?? [])
  const isTheirs = or(inArray(outbox.id, ids), inArray(outbox.batchId, ids))
  const wasTaken =
    refused.length === 0
      ? isTheirs
      : and(
          isTheirs,
          notInArray(
            outbox.id,
            refused.map(({ id }) => id),
          ),
        )
  await ctx.db.update(outbox).set({ sentAt: ctx.clock(), payload: '', lockedUntil: null, lastError: null }).where(wasTaken)
  for (const { id, reason } of refused) await giveUp(ctx, id, reason)
}

async function giveUp(ctx: Ctx, id: string, lastError: string): Promise<void> {
  const rows = await ctx.db
    .update(outbox)
    .set({ failedAt: ctx.clock(), lastError })
    .where(and(eq(outbox.id, id), isNull(outbox.failedAt), isNull(outbox.sentAt)))
    .returning({ id: outbox.id, kind: outbox.kind, lastError: outbox.lastError })
  rows.forEach(tellGivenUp)
}

export async function noteFailure(ctx: Ctx, row: ClaimedRow, error: unknown): Promise<Outcome> {
  const lastError = briefOf(error)
  const said = error instanceof MailFailed ? error : { fault: 'unavailable' as const, retryAfterMs: null }
  const retry = decideRetry({ fault: said.fault, tries: row.attempts, retryAfterMs: said.retryAfterMs })
  const at = ctx.clock()
  const next = retry.kind === 'give_up' ? { failedAt: at } : { nextAttemptAt: new Date(at.getTime() + retry.afterMs) }
  await ctx.db
    .update(outbox)
    .set({ lastError, lockedUntil: null, ...next })
    .where(and(eq(outbox.id, row.id), eq(outbox.attempts, row.attempts), isOpen))
  if (retry.kind === 'give_up') tellGivenUp({ ...row, lastError })
  if (retry.kind === 'ask') log(null, 'outbox_needs_somebody', { id: row.id, kind: row.kind, message: lastError })
  return { row, ok: false, againInMs: retry.kind === 'give_up' ? null : retry.afterMs }
}

/** Ends what has used up its tries without a word: each of its senders died. It would otherwise stand there for ever, neither sent nor failed. */
export async function giveUpAbandoned(ctx: Ctx): Promise<void> {
  const at = ctx.clock()
  const rows = await ctx.db
    .update(outbox)
    .set({
      failedAt: at,
      lockedUntil: null,
      lastError: sql`'The sender died at the last try. Before: ' || coalesce(${outbox.lastError}, 'nothing was said.')`,
    })
    .where(and(isOpen, sql`${outbox.attempts} >= ${OUTBOX_TRIES}`, isFree(at)))
    .returning({ id: outbox.id, kind: outbox.kind, lastError: outbox.lastError })
  rows.forEach(tellGivenUp)
}

function tellGivenUp({ id, kind, lastError }: { id: string; kind: string; lastError: string | null }): void {
  log(null, 'outbox_given_up', { id, kind, message: lastError })
}
