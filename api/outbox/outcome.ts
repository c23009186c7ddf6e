import { and, eq, gte, inArray, isNotNull, isNull, notInArray, or, sql, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { outbox } from '#db/schema/all.ts'
import { decideRetry, LONGEST_TRYING_MS, OUTBOX_TRIES } from '#domain/base/outbox.ts'
import { MailFailed } from '#api/adapters/mail/port.ts'
import type { Ctx } from '#api/context.ts'
import { briefOf, log } from '#api/log.ts'
import { AllRefused } from './batch.ts'
import { isFree, isOpen, type ClaimedRow } from './claim.ts'
import { HeldBack } from './pace.ts'
import type { Sent } from './send.ts'
import { Withheld } from './withheld.ts'

const batches = alias(outbox, 'batches')

/** What became of one row. `againInMs`: when it may be tried once more; null when it was sent or given up. */
export interface Outcome extends Sent {
  row: ClaimedRow
  ok: boolean
  againInMs: number | null
  /** Why a person must look at it now. */
  asks?: string
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
  const taken = ctx.db.update(outbox).set({ sentAt: ctx.clock(), payload: '', lockedUntil: null, lastError: null }).where(wasTaken)
  // Together: a batch that is noted as sent is looked at by nobody again, and its refused mails with it.
  const [, ...givenUp] = await ctx.db.batch([taken, ...refused.map(({ id, reason }) => giveUp(ctx, eq(outbox.id, id), reason))])
  givenUp.flat().forEach(tellGivenUp)
}

const isUndecided = and(isNull(outbox.sentAt), isNull(outbox.failedAt))
const WHAT_IS_TOLD = { id: outbox.id, kind: outbox.kind, lastError: outbox.lastError }

function giveUp(ctx: Ctx, which: SQL | undefined, lastError: string | SQL) {
  return ctx.db
    .update(outbox)
    .set({ failedAt: ctx.clock(), lockedUntil: null, lastError })
    .where(and(which, isUndecided))
    .returning(WHAT_IS_TOLD)
}

/** Nobody tries the mails of a batch that was given up: they would stand there for ever, neither sent nor failed. */
function giveUpMembers(ctx: Ctx) {
  return ctx.db
    .update(outbox)
    .set({ failedAt: ctx.clock(), lockedUntil: null, lastError: batches.lastError })
    .from(batches)
    .where(and(eq(outbox.batchId, batches.id), isNotNull(batches.failedAt), isUndecided))
    .returning(WHAT_IS_TOLD)
}

async function giveUpWhole(ctx: Ctx, which: SQL | undefined, lastError: string | SQL): Promise<void> {
  const givenUp = await ctx.db.batch([giveUp(ctx, which, lastError), giveUpMembers(ctx)])
  givenUp.flat().forEach(tellGivenUp)
}

const isHeldAs = ({ id, attempts }: ClaimedRow) => and(eq(outbox.id, id), eq(outbox.attempts, attempts), isOpen)

export async function noteFailure(ctx: Ctx, row: ClaimedRow, error: unknown): Promise<Outcome> {
  if (error instanceof HeldBack) return putBack(ctx, row, error)
  if (error instanceof Withheld) return withhold(ctx, row, error)
  const lastError = briefOf(error)
  const said = error instanceof MailFailed ? error : { fault: 'unavailable' as const, retryAfterMs: null }
  const at = ctx.clock()
  const ageMs = at.getTime() - row.createdAt.getTime()
  const retry = decideRetry({ fault: said.fault, tries: row.attempts, retryAfterMs: said.retryAfterMs, ageMs })
  const isHeld = isHeldAs(row)
  if (retry.kind === 'give_up') {
    await giveUpWhole(ctx, isHeld, lastError)
    return { row, ok: false, againInMs: null }
  }
  const next = { lastError, lockedUntil: null, nextAttemptAt: new Date(at.getTime() + retry.afterMs) }
  if (error instanceof AllRefused) await dissolve(ctx, isHeld, next)
  else
    await ctx.db
      .update(outbox)
      .set({ ...next, attempts: retry.counts ? row.attempts : row.attempts - 1 })
      .where(isHeld)
  return { row, ok: false, againInMs: retry.afterMs, ...(retry.kind === 'ask' ? { asks: lastError } : {}) }
}

/** What needs a person needs them once, however many rows met it. */
export function tellNeeded(outcomes: readonly Outcome[]): void {
  const asking = outcomes.filter(({ asks }) => asks !== undefined)
  const [first] = asking
  if (first) log(null, 'outbox_needs_somebody', { id: first.row.id, kind: first.row.kind, message: first.asks, rows: asking.length })
}

/**
 * Nothing was asked of anybody: the row has the tries that it had, for when the provider may be asked. It says why it waits, by which whoever watches
 * tells it from one that was promised for later.
 */
async function putBack(ctx: Ctx, row: ClaimedRow, { forMs: afterMs, message: lastError }: HeldBack): Promise<Outcome> {
  const nextAttemptAt = new Date(ctx.clock().getTime() + afterMs)
  await ctx.db
    .update(outbox)
    .set({ attempts: row.attempts - 1, lockedUntil: null, nextAttemptAt, lastError })
    .where(isHeldAs(row))
  return { row, ok: false, againInMs: afterMs }
}

/**
 * Nothing leaves for an address to which nothing is delivered. A code is worth nothing later, so it ends here; anything else waits for as long as
 * the mark stands, at no try, and is sent when that is gone.
 */
async function withhold(ctx: Ctx, row: ClaimedRow, { email, message }: Withheld): Promise<Outcome> {
  const at = ctx.clock()
  // An app of before marks looks at times alone, and after a rollback it would send what the provider keeps from its reader.
  const notBefore = new Date(at.getTime() + LONGEST_TRYING_MS)
  const kept = { withheldAt: at, withheldFor: email, lastError: message, lockedUntil: null, nextAttemptAt: notBefore }
  await ctx.db
    .update(outbox)
    .set(row.kind === 'mail' ? { ...kept, payload: '', failedAt: at } : { ...kept, attempts: row.attempts - 1 })
    .where(isHeldAs(row))
  log(null, 'mail_withheld', { level: 'warn', id: row.id, kind: row.kind, message })
  return { row, ok: false, againInMs: null }
}

/** Sets the mails of this batch free: each counts its own tries and is composed anew with whatever else is due then. */
async function dissolve(ctx: Ctx, isHeld: SQL | undefined, next: { lastError: string; nextAttemptAt: Date }): Promise<void> {
  const held = ctx.db.select({ id: outbox.id }).from(outbox).where(isHeld)
  await ctx.db.batch([
    ctx.db
      .update(outbox)
      .set({ ...next, batchId: null })
      .where(and(inArray(outbox.batchId, held), isUndecided)),
    ctx.db.delete(outbox).where(isHeld),
  ])
}

/** Ends what has used up its tries without a word: each of its senders died. It would otherwise stand there for ever, neither sent nor failed. */
export async function giveUpAbandoned(ctx: Ctx): Promise<void> {
  const lastError = sql`'The sender died at the last try. Before: ' || coalesce(${outbox.lastError}, 'nothing was said.')`
  await giveUpWhole(ctx, and(isOpen, gte(outbox.attempts, OUTBOX_TRIES), isFree(ctx.clock())), lastError)
}

function tellGivenUp({ id, kind, lastError }: { id: string; kind: string; lastError: string | null }): void {
  log(null, 'outbox_given_up', { id, kind, message: lastError })
}
