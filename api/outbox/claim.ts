import { and, eq, inArray, isNull, lt, lte, notInArray, or, sql, type SQL } from 'drizzle-orm'
import { outbox } from '#db/schema/all.ts'
import { OUTBOX_TRIES, outboxWaitMs } from '#domain/base/outbox.ts'
import { MOST_IN_A_BATCH } from '#api/adapters/mail/port.ts'
import type { Ctx } from '#api/context.ts'
import { COMPOSED_KINDS } from './enqueue.ts'
import { isHeldBack } from './pace.ts'

/** Rows of a request each: at four requests a second they are through long before their lease ends. */
const ALONE_AT_ONCE = 20
/** A hundred sealed receipts are 777 KB, and Neon answers with 10 MB at most (https://neon.com/docs/changelog/2023-08-16). */
const BATCHES_AT_ONCE = 5
/** Longer than any sending, shorter than what somebody who waits for a mail puts up with. */
const LEASE_MS = 60_000

/** A row as its sender holds it. */
export interface ClaimedRow {
  id: string
  kind: string
  payload: string
  attempts: number
  createdAt: Date
}

/** Not sent, not given up, not withheld, and not one whose mails stand in a batch. */
export const isOpen = and(isNull(outbox.sentAt), isNull(outbox.failedAt), isNull(outbox.withheldAt), isNull(outbox.batchId))
export const isFree = (at: Date) => or(isNull(outbox.lockedUntil), lte(outbox.lockedUntil, at))

/** Codes, which somebody waits for, and whatever is no mail: none keeps another waiting, and nothing that follows can keep them. */
export async function claimFirst(ctx: Ctx): Promise<{ rows: ClaimedRow[]; hasMore: boolean }> {
  const noMail = claimSome(ctx, notInArray(outbox.kind, ['mail', 'batch', ...COMPOSED_KINDS]), ALONE_AT_ONCE)
  const code = claimSome(ctx, eq(outbox.kind, 'mail'), ALONE_AT_ONCE)
  const [noMails, codes = []] = await ctx.db.batch([noMail, ...(isHeldBack(ctx.db) ? [] : [code])])
  // As many as were asked for may have left some behind.
  return { rows: [...codes, ...noMails], hasMore: codes.length === ALONE_AT_ONCE || noMails.length === ALONE_AT_ONCE }
}

interface Bulk {
  /** Tried again. */
  batches: ClaimedRow[]
  /** Rows whose mails are to be composed. */
  composed: ClaimedRow[]
  hasMore: boolean
}

export async function claimBulk(ctx: Ctx): Promise<Bulk> {
  if (isHeldBack(ctx.db)) return { batches: [], composed: [], hasMore: false }
  const [batches, composed] = await ctx.db.batch([
    claimSome(ctx, eq(outbox.kind, 'batch'), BATCHES_AT_ONCE),
    claimSome(ctx, inArray(outbox.kind, [...COMPOSED_KINDS]), MOST_IN_A_BATCH),
  ])
  return { batches, composed, hasMore: batches.length === BATCHES_AT_ONCE || composed.length === MOST_IN_A_BATCH }
}

/** What `claimBulk` would claim now, unclaimed: for whoever tells the sender of it. */
export function selectDueBulk(ctx: Ctx) {
  return selectDue(ctx, inArray(outbox.kind, ['batch', ...COMPOSED_KINDS]), MOST_IN_A_BATCH)
}

/**
 * What was promised for a time is due by the time of whoever asks, or by the clock if that is further. What is tried again waits by the clock:
 * a schedule that is run for a day to come would otherwise use up all tries in one go.
 */
function selectDue(ctx: Ctx, which: SQL, most: number) {
  const at = ctx.clock()
  const asked = at > ctx.now ? at : ctx.now
  return ctx.db
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        isOpen,
        which,
        lt(outbox.attempts, OUTBOX_TRIES),
        lte(outbox.nextAttemptAt, asked),
        or(eq(outbox.attempts, 0), lte(outbox.nextAttemptAt, at)),
        isFree(at),
      ),
    )
    .orderBy(outbox.nextAttemptAt)
    .limit(most)
}

/** A try counts as begun, so one that dies is counted. */
function claimSome(ctx: Ctx, which: SQL, most: number) {
  const at = ctx.clock()
  const due = selectDue(ctx, which, most).for('update', { skipLocked: true })
  return ctx.db
    .update(outbox)
    .set({ lockedUntil: leaseFrom(at), attempts: sql`${outbox.attempts} + 1`, nextAttemptAt: nextTry(at) })
    .where(inArray(outbox.id, due))
    .returning({ id: outbox.id, kind: outbox.kind, payload: outbox.payload, attempts: outbox.attempts, createdAt: outbox.createdAt })
}

export const leaseFrom = (at: Date): Date => new Date(at.getTime() + LEASE_MS)

/** When each of the tries that begin at `at` is followed by the next, as a list from which a row's count picks. */
function nextTry(at: Date) {
  const nexts = Array.from({ length: OUTBOX_TRIES }, (_, tries) => new Date(at.getTime() + outboxWaitMs(tries + 1)).toISOString())
  return sql`(${`{${nexts.join(',')}}`}::timestamp[])[${outbox.attempts} + 1]`
}
