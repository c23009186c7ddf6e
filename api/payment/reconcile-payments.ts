import { and, asc, inArray, lte } from 'drizzle-orm'
import { paymentAttempts } from '#db/schema/all.ts'
import type { Ctx } from '#api/context.ts'
import { ProcessorUnknown, type Answer } from '#api/processor/port.ts'
import { settlePayment } from './settle-payment.ts'

const BATCH = 50

type Attempt = typeof paymentAttempts.$inferSelect

/** The five-minute job: whoever never answered is asked for. Right however often it runs, because settling is. */
export async function reconcilePayments(ctx: Ctx): Promise<{ asked: number }> {
  const due = await ctx.db
    .select()
    .from(paymentAttempts)
    .where(and(inArray(paymentAttempts.status, ['CREATED', 'SENT', 'REQUIRES_ACTION', 'UNKNOWN']), lte(paymentAttempts.nextReconcileAt, ctx.now)))
    .orderBy(asc(paymentAttempts.nextReconcileAt))
    .limit(BATCH)
  for (const attempt of due) await reconcileAttempt(ctx, attempt)
  return { asked: due.length }
}

/** Asks the processor what became of one attempt and settles by its answer. No answer changes nothing: it is asked again later. */
export async function reconcileAttempt(ctx: Ctx, attempt: Attempt): Promise<void> {
  const answer = await ask(ctx, attempt)
  if (answer) await settlePayment(ctx, { attemptId: attempt.id, answer })
}

async function ask(ctx: Ctx, attempt: Attempt): Promise<Answer | null> {
  try {
    if (attempt.processorId) return await ctx.ports.processor.retrieve(attempt.processorId)
    return await ctx.ports.processor.findByAttempt({ attemptId: attempt.id, intent: attempt.kind, since: new Date(attempt.createdAt.getTime() - 60_000) })
  } catch (error) {
    if (error instanceof ProcessorUnknown) return null
    throw error
  }
}
