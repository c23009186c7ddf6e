import { and, eq, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import type { Ctx } from '#api/context.ts'
import { briefOf } from '#api/http/brief.ts'
import { unseal } from '#api/http/secrets.ts'
import type { Db } from '#db/client.ts'
import { outbox } from '#db/schema/all.ts'
import { OutboxMail } from './enqueue.ts'
import { sendOwnerAlert } from './send-owner-alert.ts'
import { loadReceipts, sendReceipt, type Receipts } from './send-receipt.ts'

const BATCH = 20
const LEASE_MS = 60_000
/** 1, 2, 4 … minutes: eleven tries span about a day and a half, then a person must look. */
const MAX_ATTEMPTS = 11

interface ClaimedRow extends Record<string, unknown> {
  id: string
  kind: string
  payload: string
  attempts: number
}

/** Sends what is due. Two drains at once never take the same row: rows are leased, and a lease that its holder never ends runs out by itself. */
export async function drainOutbox(ctx: Ctx): Promise<{ sent: number; failed: number }> {
  const rows = await claim(ctx)
  // Awaited by the receipts alone: what keeps those from being written stops no other mail.
  const receipts = loadReceipts(
    ctx,
    rows.filter(({ kind }) => kind === 'receipt').map(({ payload }) => payload),
  )
  const outcomes = await Promise.all(rows.map(async (row) => ({ row, ok: await deliver(ctx, row, receipts) })))
  const sent = outcomes.filter(({ ok }) => ok).map(({ row }) => row.id)
  // What was sent is of no more use here and may hold a link: the payload goes with the sending.
  if (sent.length > 0)
    await ctx.db.update(outbox).set({ sentAt: ctx.now, payload: '', lockedUntil: null, lastError: null }).where(inArray(outbox.id, sent))
  return { sent: sent.length, failed: rows.length - sent.length }
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
  ctx.runtime.waitUntil(
    drainWhileAsked(ctx, run).catch((error: unknown) =>
      console.error(JSON.stringify({ level: 'error', what: 'drain outbox', message: briefOf(error) })),
    ),
  )
}

async function drainWhileAsked(ctx: Ctx, run: { due: Date | null }): Promise<void> {
  try {
    for (let rounds = 0; run.due && rounds < MOST_ROUNDS; rounds += 1) {
      const now = run.due
      run.due = null
      const { sent, failed } = await drainOutbox({ ...ctx, now })
      // A full batch may have left some behind.
      if (sent + failed === BATCH) run.due ??= now
    }
  } finally {
    if (draining.get(ctx.db) === run) draining.delete(ctx.db)
  }
}

async function claim(ctx: Ctx): Promise<ClaimedRow[]> {
  const lease = new Date(ctx.now.getTime() + LEASE_MS)
  const due = ctx.db
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        isNull(outbox.sentAt),
        isNull(outbox.failedAt),
        lte(outbox.nextAttemptAt, ctx.now),
        or(isNull(outbox.lockedUntil), lte(outbox.lockedUntil, ctx.now)),
      ),
    )
    .orderBy(outbox.nextAttemptAt)
    .limit(BATCH)
    .for('update', { skipLocked: true })
  return ctx.db
    .update(outbox)
    .set({ lockedUntil: lease, attempts: sql`${outbox.attempts} + 1` })
    .where(inArray(outbox.id, due))
    .returning({ id: outbox.id, kind: outbox.kind, payload: outbox.payload, attempts: outbox.attempts })
}

async function deliver(ctx: Ctx, row: ClaimedRow, receipts: Promise<Receipts>): Promise<boolean> {
  try {
    await perform(ctx, row, receipts)
    return true
  } catch (error) {
    await retryLater(ctx, row, error)
    return false
  }
}

async function perform(ctx: Ctx, row: ClaimedRow, receipts: Promise<Receipts>): Promise<void> {
  if (row.kind === 'mail') {
    const mail = OutboxMail.parse(JSON.parse(await unseal(ctx.config.SEAL_KEY, row.payload)))
    await ctx.ports.mailer.send({ ...mail, idempotencyKey: row.id })
    return
  }
  if (row.kind === 'receipt') {
    await sendReceipt(ctx, await receipts, row.payload, row.id)
    return
  }
  if (row.kind === 'owner-alert') {
    await sendOwnerAlert(ctx, row.payload, row.id)
    return
  }
  if (row.kind === 'delete-capture') {
    await ctx.ports.vault.deleteCapture(row.payload)
    return
  }
  throw new Error(`Nothing sends outbox rows of kind ${row.kind}.`)
}

async function retryLater(ctx: Ctx, row: ClaimedRow, error: unknown): Promise<void> {
  const lastError = briefOf(error)
  const given = row.attempts >= MAX_ATTEMPTS
  const nextAttemptAt = new Date(ctx.now.getTime() + 2 ** (row.attempts - 1) * 60_000)
  await ctx.db
    .update(outbox)
    .set({ lastError, lockedUntil: null, nextAttemptAt, ...(given ? { failedAt: ctx.now } : {}) })
    .where(and(eq(outbox.id, row.id), eq(outbox.attempts, row.attempts)))
}
