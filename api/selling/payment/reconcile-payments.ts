import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm'
import { checkoutSessions, paymentAttempts } from '#db/schema/all.ts'
import { OPEN_ATTEMPTS } from '#domain/selling/enums.ts'
import { type PaymentAnswer } from '#domain/selling/settlement.ts'
import { FIND_LAG_MS, ProcessorRefused, ProcessorUnknown, type Answer } from '#api/adapters/processor/port.ts'
import type { Ctx } from '#api/context.ts'
import { hasProvenOwner } from '#api/identity/person/known-address.ts'
import { briefOf, log } from '#api/log.ts'
import { settlePayment } from './settle-payment.ts'

const BATCH = 50
/** A bank's page that nobody answered, or a payment that waits for a card, is closed at the processor after this long, so that it cannot charge after another try. */
const LEFT_OPEN_MS = 60 * 60_000

type Attempt = typeof paymentAttempts.$inferSelect

/** The five-minute job: whoever never answered is asked for. Right however often it runs, because settling is. */
export async function reconcilePayments(ctx: Ctx): Promise<{ asked: number; failed: number }> {
  const due = await ctx.db
    .select()
    .from(paymentAttempts)
    .where(and(inArray(paymentAttempts.status, OPEN_ATTEMPTS), lte(paymentAttempts.nextReconcileAt, ctx.now)))
    .orderBy(asc(paymentAttempts.nextReconcileAt))
    .limit(BATCH)
  let failed = 0
  for (const attempt of due) {
    // One attempt that nobody can make sense of must not keep the others waiting.
    await reconcileAttempt(ctx, attempt).catch((error: unknown) => {
      failed += 1
      log(ctx, 'reconcile_failed', { attemptId: attempt.id, message: briefOf(error) })
    })
  }
  return { asked: due.length, failed }
}

/** Asks the processor what became of one attempt and settles by its answer. No answer changes nothing: it is asked again, less and less often. */
export async function reconcileAttempt(ctx: Ctx, attempt: Attempt): Promise<void> {
  const age = ctx.now.getTime() - attempt.createdAt.getTime()
  const nextReconcileAt = new Date(ctx.now.getTime() + Math.min(Math.max(age / 2, 60_000), 6 * 3_600_000))
  await ctx.db
    .update(paymentAttempts)
    .set({ nextReconcileAt })
    .where(and(eq(paymentAttempts.id, attempt.id), inArray(paymentAttempts.status, OPEN_ATTEMPTS)))
  const answer = await conclude(ctx, attempt, await ask(ctx, attempt), age)
  if (answer) await settlePayment(ctx, { attemptId: attempt.id, answer })
}

type Asked = Answer | 'nothing' | 'unreachable'

async function ask(ctx: Ctx, attempt: Attempt): Promise<Asked> {
  const { processor } = ctx.ports
  try {
    if (attempt.processorId) return await processor.retrieve(attempt.processorId)
    return (
      (await processor.findByAttempt({
        attemptId: attempt.id,
        intent: attempt.kind,
        since: new Date(attempt.createdAt.getTime() - 60_000),
      })) ?? 'nothing'
    )
  } catch (error) {
    if (error instanceof ProcessorUnknown) return 'unreachable'
    throw error
  }
}

/** Somebody else has shown since that the buyer's address is theirs: whoever left the bank's page open must not keep them from buying. */
async function isOvertaken({ db }: Ctx, { checkoutSessionId }: Attempt): Promise<boolean> {
  const { rows } = await db.execute<{ yes: boolean }>(sql`
    select exists (select from ${checkoutSessions} s
      where s.id = ${checkoutSessionId} and s."emailProvenAt" is null and ${hasProvenOwner(sql`s.email`)}) as yes`)
  return rows[0]?.yes === true
}

async function conclude(ctx: Ctx, attempt: Attempt, asked: Asked, ageMs: number): Promise<PaymentAnswer | null> {
  if (asked === 'unreachable') return null
  if (asked === 'nothing') return ageMs > FIND_LAG_MS * 2 ? neverSent(attempt) : null
  if (!isLeftOpen(asked)) return asked
  if (ageMs < LEFT_OPEN_MS && !(await isOvertaken(ctx, attempt))) return asked
  try {
    return await ctx.ports.processor.cancel({ processorId: asked.processorId, idempotencyKey: `cancel:${attempt.id}` })
  } catch (error) {
    // It was answered at this very moment, or nobody can tell: ask again later.
    if (error instanceof ProcessorRefused || error instanceof ProcessorUnknown) return null
    throw error
  }
}

/** Whether it waits for the buyer, who can still make it charge; not for the processor, which is at work. */
function isLeftOpen(asked: Answer): asked is Answer & { kind: 'requires_action' | 'processing' } {
  return asked.kind === 'requires_action' || (asked.kind === 'processing' && asked.processorStatus === 'requires_payment_method')
}

/** The processor's search shows everything within the hour; what it does not know after two was never asked of it. */
function neverSent(attempt: Attempt): PaymentAnswer {
  return {
    kind: 'declined',
    processorId: null,
    processorStatus: 'never_sent',
    declineCode: 'never_sent',
    intent: attempt.kind,
    amountCents: attempt.amountCents,
    currency: attempt.currency,
    attemptId: attempt.id,
    invoiceId: attempt.invoiceId,
  }
}
