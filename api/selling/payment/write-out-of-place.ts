import { and, eq, sql } from 'drizzle-orm'
import { must } from '#db/client.ts'
import { paymentAttempts } from '#db/schema/all.ts'
import { OPEN_ATTEMPTS } from '#domain/selling/enums.ts'
import { isTold, processorIdOf, type PaymentAnswer, type Verdict } from '#domain/selling/settlement.ts'
import { auditStatement } from '#api/audit.ts'
import type { Ctx } from '#api/context.ts'
import { outboxStatement } from '#api/outbox/enqueue.ts'
import { closeOrder } from './close-order.ts'
import type { LoadedSettlement } from './load-settlement.ts'
import type { InboxWrite } from './inbox.ts'

type OutOfPlace = Verdict & { kind: 'mismatch' | 'paid_twice' }

/**
 * Not ours to book by itself: nothing is paid by it. It stands in the audit log, on the attempt until the owner has dealt with it, and goes to the
 * owners by mail, once for each payment at the processor.
 */
export async function writeOutOfPlace(
  ctx: Ctx,
  loaded: LoadedSettlement,
  verdict: OutOfPlace,
  answer: PaymentAnswer,
  inbox: InboxWrite,
): Promise<void> {
  const { attempt } = loaded
  // What is asked again and again is told once.
  const isNew = !isTold(loaded.told, verdict.kind, answer)
  const isNews = isNew && isAboutMoney(verdict, answer)
  const mark = must(
    ctx.db,
    'attempt_unchanged',
    ctx.db
      .update(paymentAttempts)
      .set({
        ...(verdict.kind === 'paid_twice' ? settled(ctx, loaded, verdict) : doubted(loaded)),
        ...(isNews ? raised(ctx, loaded, verdict) : {}),
        updatedAt: ctx.now,
      })
      .where(
        and(
          eq(paymentAttempts.id, attempt.id),
          eq(paymentAttempts.status, attempt.status),
          sql`${paymentAttempts.discrepancyAt} is not distinct from ${attempt.discrepancyAt?.toISOString() ?? null}::timestamp`,
        ),
      ),
  )
  const auditId = ctx.newId()
  const alert = { payload: auditId, dedupeKey: `owner-alert:${verdict.kind}:${attempt.id}:${processorIdOf(answer)}` }
  const rest = [
    ...(isNew ? [noteOf(ctx, auditId, loaded, verdict, answer)] : []),
    ...(isNews ? [outboxStatement(ctx, { kind: 'owner-alert', ...alert })] : []),
    ...inbox,
  ]
  await ctx.db.batch(verdict.kind === 'paid_twice' ? [...closeOrder(ctx, attempt, mark), ...rest] : [mark, ...rest])
}

/** It waits for the owner, again if need be. What took money for nothing stays so, whatever else comes that does not match. */
function raised(ctx: Ctx, { attempt }: LoadedSettlement, { kind }: OutOfPlace) {
  const discrepancy = attempt.discrepancy === 'paid_twice' ? attempt.discrepancy : kind
  return { discrepancy, discrepancyAt: ctx.now, discrepancyResolvedAt: null }
}

/** A card that was authenticated for nothing took nothing: there is nothing to give back. */
function isAboutMoney({ kind }: OutOfPlace, answer: PaymentAnswer): boolean {
  return kind === 'mismatch' || (answer.kind === 'succeeded' && answer.amountCents > 0)
}

/** The money came, so the attempt is over. The first charge of an attempt that was charged two times stays the one that it names. */
function settled(ctx: Ctx, { attempt }: LoadedSettlement, verdict: OutOfPlace & { kind: 'paid_twice' }) {
  const isFirst = attempt.status !== 'SUCCEEDED'
  return {
    status: 'SUCCEEDED' as const,
    nextReconcileAt: null,
    ...(isFirst
      ? {
          processorId: verdict.processorId,
          processorStatus: verdict.processorStatus,
          redirectUrl: null,
          declineCode: null,
          settledAt: ctx.now,
        }
      : {}),
  }
}

/**
 * Money may have moved, and the question is asked again when it is due. A refused attempt stays refused: reopened, it would stand beside the
 * buyer's next try and hold it up.
 */
function doubted({ attempt }: LoadedSettlement) {
  return OPEN_ATTEMPTS.some((open) => open === attempt.status) ? { status: 'UNKNOWN' as const } : {}
}

function noteOf(ctx: Ctx, id: string, { attempt, invoice, customer }: LoadedSettlement, verdict: OutOfPlace, answer: PaymentAnswer) {
  const said =
    answer.kind === 'error' ? {} : { saidCents: answer.amountCents, saidCurrency: answer.currency, processorId: answer.processorId }
  const stood = { invoiceId: invoice.id, invoiceStatus: invoice.status, customerStatus: customer.status, amountCents: attempt.amountCents }
  const action = verdict.kind === 'paid_twice' ? 'payment.paid_twice' : 'payment.mismatch'
  return auditStatement(ctx, { id, action, about: 'payment_attempt', aboutId: attempt.id, after: { ...stood, ...said, ...verdict } })
}
