import { and, eq, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm'
import type { Db } from '#db/client.ts'
import { outbox } from '#db/schema/all.ts'
import { OUTBOX_TRIES, outboxWaitMs } from '#domain/base/outbox.ts'
import type { Ctx } from '#api/context.ts'
import { briefOf, log } from '#api/log.ts'
import { loadReceipts, type Receipts } from '#api/selling/invoice/send-receipt.ts'
import { sendRow, type ClaimedRow } from './send.ts'

const BATCH = 20
/** Longer than any sending, shorter than what somebody who waits for a mail puts up with. */
const LEASE_MS = 60_000

/**
 * Sends what is due. Two drains at once never take the same row: rows are leased, and a lease that its holder never ends runs out by itself.
 * Leases and what is written of a try go by the clock that is, whatever time this drain was asked for.
 */
export async function drainOnce(ctx: Ctx): Promise<{ sent: number; failed: number; hasMore: boolean }> {
  const rows = await claim(ctx)
  // Awaited by the receipts alone: what keeps those from being written stops no other mail.
  const receipts = loadReceipts(
    ctx,
    rows.filter(({ kind }) => kind === 'receipt').map(({ payload }) => payload),
  )
  const outcomes = await Promise.all(rows.map(async (row) => ({ row, ...(await deliver(ctx, row, receipts)) })))
  const sent = outcomes.filter(({ ok }) => ok).map(({ row }) => row.id)
  // What was sent is of no more use here and may hold a link: the payload goes with the sending.
  if (sent.length > 0)
    await ctx.db
      .update(outbox)
      .set({ sentAt: ctx.clock(), payload: '', lockedUntil: null, lastError: null })
      .where(inArray(outbox.id, sent))
  // A full batch may have left some behind.
  const hasMore = rows.length === BATCH || outcomes.some((outcome) => outcome.hasMore)
  return { sent: sent.length, failed: rows.length - sent.length, hasMore }
}

/** The drain that goes on in each running app: until when what is due is asked for next, or null when nobody asked again. */
const draining = new WeakMap<Db, { since: Date; due: Date | null }>()
/** No platform lets work go on for longer after an answer: a drain older than this was cut off. */
const LONGEST_MS = 30_000
/** Keeps one request from working for all others for ever; the next request, or the five-minute job, goes on. */
const MOST_ROUNDS = 50

/**
 * After a request that wrote to the outbox: send at once, without making the reader wait. While one drain goes on the others only tell it that
 * there is more, so that many writers at once cost few round trips. The five-minute job is the safety net.
 */
export function drainSoon(ctx: Ctx): void {
  const running = draining.get(ctx.db)
  if (running && ctx.now.getTime() - running.since.getTime() < LONGEST_MS) {
    running.due = ctx.now
    return
  }
  const run = { since: ctx.now, due: ctx.now }
  draining.set(ctx.db, run)
  ctx.runtime.waitUntil(drainWhileAsked(ctx, run).catch((error: unknown) => log(ctx, 'outbox_not_drained', { message: briefOf(error) })))
}

async function drainWhileAsked(ctx: Ctx, run: { due: Date | null }): Promise<void> {
  try {
    for (let rounds = 0; run.due && rounds < MOST_ROUNDS; rounds += 1) {
      const now = run.due
      run.due = null
      const { hasMore } = await drainOnce({ ...ctx, now })
      if (hasMore) run.due ??= now
    }
  } finally {
    if (draining.get(ctx.db) === run) draining.delete(ctx.db)
  }
}

/** Not sent and not given up. */
const isOpen = and(isNull(outbox.sentAt), isNull(outbox.failedAt))
const isFree = (at: Date) => or(isNull(outbox.lockedUntil), lte(outbox.lockedUntil, at))

/**
 * What was promised for a time is due by the time of whoever asks, or by the clock if that is further. What is tried again waits by the clock:
 * a schedule that is run for a day to come would otherwise use up all tries in one go. A try counts as begun, so one that dies is counted.
 */
async function claim(ctx: Ctx): Promise<ClaimedRow[]> {
  const at = ctx.clock()
  const asked = at > ctx.now ? at : ctx.now
  const due = ctx.db
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        isOpen,
        lt(outbox.attempts, OUTBOX_TRIES),
        lte(outbox.nextAttemptAt, asked),
        or(eq(outbox.attempts, 0), lte(outbox.nextAttemptAt, at)),
        isFree(at),
      ),
    )
    .orderBy(outbox.nextAttemptAt)
    .limit(BATCH)
    .for('update', { skipLocked: true })
  return ctx.db
    .update(outbox)
    .set({ lockedUntil: new Date(at.getTime() + LEASE_MS), attempts: sql`${outbox.attempts} + 1`, nextAttemptAt: nextTry(at) })
    .where(inArray(outbox.id, due))
    .returning({ id: outbox.id, kind: outbox.kind, payload: outbox.payload, attempts: outbox.attempts })
}

/** When each of the tries that begin at `at` is followed by the next, as a list from which a row's count picks. */
function nextTry(at: Date) {
  const nexts = Array.from({ length: OUTBOX_TRIES }, (_, tries) => new Date(at.getTime() + outboxWaitMs(tries + 1)).toISOString())
  return sql`(${`{${nexts.join(',')}}`}::timestamp[])[${outbox.attempts} + 1]`
}

async function deliver(ctx: Ctx, row: ClaimedRow, receipts: Promise<Receipts>): Promise<{ ok: boolean; hasMore: boolean }> {
  try {
    return { ok: true, ...(await sendRow(ctx, row, receipts)) }
  } catch (error) {
    await noteFailure(ctx, row, briefOf(error))
    return { ok: false, hasMore: false }
  }
}

async function noteFailure(ctx: Ctx, row: ClaimedRow, lastError: string): Promise<void> {
  const givenUp = row.attempts >= OUTBOX_TRIES
  await ctx.db
    .update(outbox)
    .set({ lastError, lockedUntil: null, ...(givenUp ? { failedAt: ctx.clock() } : {}) })
    .where(and(eq(outbox.id, row.id), eq(outbox.attempts, row.attempts)))
  if (givenUp) tellGivenUp({ ...row, lastError })
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
