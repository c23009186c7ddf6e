import { and, eq, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import type { Ctx } from '#api/context.ts'
import { unseal } from '#api/http/secrets.ts'
import { outbox } from '#db/schema/all.ts'
import type { OutboxMail } from './enqueue.ts'
import { sendReceipt } from './send-receipt.ts'

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
  const outcomes = await Promise.all(rows.map((row) => deliver(ctx, row)))
  return { sent: outcomes.filter(Boolean).length, failed: outcomes.filter((ok) => !ok).length }
}

/** After a request that wrote to the outbox: send at once, without making the reader wait. The five-minute job is the safety net. */
export function drainSoon(ctx: Ctx): void {
  ctx.runtime.waitUntil(drainOutbox(ctx).catch((error: unknown) => console.error(JSON.stringify({ level: 'error', what: 'drain outbox', message: String(error).slice(0, 200) }))))
}

async function claim(ctx: Ctx): Promise<ClaimedRow[]> {
  const lease = new Date(ctx.now.getTime() + LEASE_MS)
  const due = ctx.db
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(isNull(outbox.sentAt), isNull(outbox.failedAt), lte(outbox.nextAttemptAt, ctx.now), or(isNull(outbox.lockedUntil), lte(outbox.lockedUntil, ctx.now))))
    .orderBy(outbox.nextAttemptAt)
    .limit(BATCH)
    .for('update', { skipLocked: true })
  return ctx.db
    .update(outbox)
    .set({ lockedUntil: lease, attempts: sql`${outbox.attempts} + 1` })
    .where(inArray(outbox.id, due))
    .returning({ id: outbox.id, kind: outbox.kind, payload: outbox.payload, attempts: outbox.attempts })
}

async function deliver(ctx: Ctx, row: ClaimedRow): Promise<boolean> {
  try {
    await perform(ctx, row)
  } catch (error) {
    await retryLater(ctx, row, error)
    return false
  }
  // What was sent is of no more use here and may hold a link: the payload goes with the sending.
  await ctx.db.update(outbox).set({ sentAt: ctx.now, payload: '', lockedUntil: null, lastError: null }).where(eq(outbox.id, row.id))
  return true
}

async function perform(ctx: Ctx, row: ClaimedRow): Promise<void> {
  if (row.kind === 'mail') {
    const mail = JSON.parse(await unseal(ctx.config.SEAL_KEY, row.payload)) as OutboxMail
    await ctx.ports.mailer.send({ ...mail, idempotencyKey: row.id })
    return
  }
  if (row.kind === 'receipt') {
    await sendReceipt(ctx, row.payload, row.id)
    return
  }
  if (row.kind === 'delete-capture') {
    await ctx.ports.vault.deleteCapture(row.payload)
    return
  }
  throw new Error(`Nothing sends outbox rows of kind ${row.kind}.`)
}

async function retryLater(ctx: Ctx, row: ClaimedRow, error: unknown): Promise<void> {
  const lastError = (error instanceof Error ? error.message : String(error)).slice(0, 300)
  const given = row.attempts >= MAX_ATTEMPTS
  const nextAttemptAt = new Date(ctx.now.getTime() + 2 ** (row.attempts - 1) * 60_000)
  await ctx.db
    .update(outbox)
    .set({ lastError, lockedUntil: null, nextAttemptAt, ...(given ? { failedAt: ctx.now } : {}) })
    .where(and(eq(outbox.id, row.id), eq(outbox.attempts, row.attempts)))
}
