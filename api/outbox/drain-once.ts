import type { Db } from '#db/client.ts'
import type { Ctx } from '#api/context.ts'
import { briefOf, log } from '#api/log.ts'
import { storeBatches, type Composed, type FailedRow } from './batch.ts'
import { claimBulk, claimFirst, type ClaimedRow } from './claim.ts'
import { Near } from './near.ts'
import { noteFailure, noteSent, tellNeeded, type Outcome } from './outcome.ts'
import { rest } from './pace.ts'
import { composeRows, sendRow } from './send.ts'
import { isLeftToSender } from './wake.ts'

interface Drained {
  sent: number
  failed: number
  hasMore: boolean
  /** In how long each of those that failed may be tried again. */
  againInMs: number[]
}

/**
 * Sends what is due: codes that somebody waits for first and each by itself, then all other mails together. Two drains at once never take the same
 * row: rows are leased, and a lease that its holder never ends runs out by itself. Leases and what is written of a try go by the clock that is,
 * whatever time this drain was asked for.
 */
export async function drainOnce(ctx: Ctx): Promise<Drained> {
  const first = await drainFirst(ctx)
  return both(first, await drainBulk(ctx))
}

async function drainFirst(ctx: Ctx): Promise<Drained> {
  const { rows, hasMore } = await claimFirst(ctx)
  return summed(await deliver(ctx, rows), hasMore)
}

async function drainBulk(ctx: Ctx): Promise<Drained> {
  const { batches, composed, hasMore } = await claimBulk(ctx)
  const made = await makeBatches(ctx, composed)
  return summed([...made.failed, ...(await deliver(ctx, [...batches, ...made.batches]))], hasMore)
}

const NOTHING: Drained = { sent: 0, failed: 0, hasMore: false, againInMs: [] }

const both = (one: Drained, other: Drained): Drained => ({
  sent: one.sent + other.sent,
  failed: one.failed + other.failed,
  hasMore: one.hasMore || other.hasMore,
  againInMs: [...one.againInMs, ...other.againInMs],
})

function summed(outcomes: readonly Outcome[], hasMore: boolean): Drained {
  const sent = outcomes.filter(({ ok }) => ok).length
  return {
    sent,
    failed: outcomes.length - sent,
    hasMore: hasMore || outcomes.some((outcome) => outcome.hasMore),
    againInMs: outcomes.flatMap(({ againInMs }) => againInMs ?? []),
  }
}

async function deliver(ctx: Ctx, rows: readonly ClaimedRow[]): Promise<Outcome[]> {
  const outcomes = await Promise.all(
    rows.map(async (row): Promise<Outcome> => {
      try {
        return { row, ok: true, againInMs: null, ...(await sendRow(ctx, row)) }
      } catch (error) {
        return noteFailure(ctx, row, error)
      }
    }),
  )
  tellNeeded(outcomes)
  await noteSent(ctx, outcomes)
  return outcomes
}

/** Composes and stores the mails of these rows. A row that cannot be composed fails by itself. */
async function makeBatches(ctx: Ctx, rows: readonly ClaimedRow[]): Promise<{ batches: ClaimedRow[]; failed: Outcome[] }> {
  if (rows.length === 0) return { batches: [], failed: [] }
  const results = await composeRows(ctx, rows)
  const composed: Composed[] = []
  const failures: FailedRow[] = []
  rows.forEach((row, n) => {
    const result = results[n]
    if (result?.status === 'fulfilled') composed.push({ row, mails: result.value })
    else failures.push({ row, error: result?.reason })
  })
  const stored = await storeBatches(ctx, composed)
  const failed = await Promise.all([...failures, ...stored.failures].map(({ row, error }) => noteFailure(ctx, row, error)))
  return { batches: stored.batches, failed }
}

interface Run {
  since: Date
  /** Until when what is due is asked for next, or null when nobody asked again. */
  due: Date | null
}

/** The drain of each running app that whoever asks has only to tell. */
const draining = new WeakMap<Db, Run>()
/**
 * No platform lets work go on for longer than half a minute after an answer, and a round may take a third of that: a drain that is older than this
 * is told nothing more, and begins no further round for itself. Whoever asks next begins a drain of their own.
 */
const OLD_MS = 10_000
/** Keeps one request from working for all others for ever; the next request, or the five-minute job, goes on. */
const MOST_ROUNDS = 50
/** How often whoever waits looks whether somebody asked meanwhile. */
const LOOK_MS = 100

/**
 * After a request that wrote to the outbox: send at once, without making the reader wait. While one drain goes on the others only tell it that
 * there is more, so that many writers at once cost few round trips. The five-minute job is the safety net.
 */
export function drainSoon(ctx: Ctx): void {
  const running = draining.get(ctx.db)
  const age = running ? ctx.now.getTime() - running.since.getTime() : -1
  // One that begins later than now was begun before the clock was put back; nobody knows how old it is.
  if (running && age >= 0 && age < OLD_MS) {
    running.due = ctx.now
    return
  }
  const run = { since: ctx.now, due: ctx.now }
  draining.set(ctx.db, run)
  ctx.runtime.waitUntil(drainWhileAsked(ctx, run).catch((error: unknown) => log(ctx, 'outbox_not_drained', { message: briefOf(error) })))
}

async function drainWhileAsked(ctx: Ctx, run: Run): Promise<void> {
  const oldAt = performance.now() + OLD_MS
  const near = new Near()
  try {
    for (let rounds = 0; run.due && rounds < MOST_ROUNDS; rounds += 1) {
      const now = run.due
      run.due = null
      const beganAt = performance.now()
      const { hasMore, againInMs } = await drainAsked({ ...ctx, now }, run)
      near.note(beganAt, againInMs)
      const waitMs = hasMore ? 0 : near.waitMs()
      if (waitMs === null || performance.now() + waitMs > oldAt) continue
      await restUntilAsked(run, waitMs)
      run.due ??= now
    }
  } finally {
    leave(ctx, run)
  }
}

/**
 * A round: what somebody waits for until nobody asks any more, then the rest, which keeps nobody: whoever asks meanwhile begins a drain of their own.
 * Where there is a queue of mails, the rest is left to the one sender behind it.
 */
async function drainAsked(ctx: Ctx, run: Run): Promise<Drained> {
  const first = await drainFirst(ctx)
  if (run.due !== null) return first
  leave(ctx, run)
  const bulk = (await isLeftToSender(ctx)) ? NOTHING : await drainBulk(ctx)
  if (!draining.has(ctx.db)) draining.set(ctx.db, run)
  return both(first, bulk)
}

function leave({ db }: Ctx, run: Run): void {
  if (draining.get(db) === run) draining.delete(db)
}

async function restUntilAsked(run: Run, ms: number): Promise<void> {
  const end = performance.now() + ms
  while (run.due === null && performance.now() < end) await rest(Math.max(1, Math.min(LOOK_MS, end - performance.now())))
}
