import { and, eq, isNull } from 'drizzle-orm'
import * as z from 'zod/mini'
import { must, reloading } from '#db/client.ts'
import { paymentAttempts } from '#db/schema/all.ts'
import { paragraph } from '#domain/base/text.ts'
import { AppError } from '#domain/error.ts'
import { OPEN_ATTEMPTS } from '#domain/selling/enums.ts'
import { CLOSED_BY_OWNER } from '#domain/selling/settlement.ts'
import { auditStatement } from '#api/audit.ts'
import { requireFresh, requirePermission } from '#api/authorize.ts'
import type { Ctx } from '#api/context.ts'
import { closeOrder } from './close-order.ts'

export const Resolve = z.object({
  /** What was done, in the owner's words: it stands in the audit log. */
  reason: paragraph(500, 3),
})

/**
 * The owner says that money which fits no order has been dealt with, and how. An order that was held up by it is closed, so that its buyer can order
 * anew; should its own money still come, that is told again. Owner only, with a fresh sign-in.
 */
export async function resolveDiscrepancy(ctx: Ctx, input: z.infer<typeof Resolve> & { id: string }): Promise<void> {
  const owner = requirePermission(ctx, 'selling.refunds')
  requireFresh(ctx, owner)
  await reloading(async () => {
    const [attempt] = await ctx.db.select().from(paymentAttempts).where(eq(paymentAttempts.id, input.id)).limit(1)
    if (!attempt?.discrepancy) throw new AppError('not_found')
    if (attempt.discrepancyResolvedAt) throw new AppError('conflict')
    await write(ctx, attempt, input.reason)
  })
}

type Attempt = typeof paymentAttempts.$inferSelect

async function write(ctx: Ctx, attempt: Attempt, reason: string): Promise<void> {
  const { db, now } = ctx
  const isOpen = OPEN_ATTEMPTS.some((open) => open === attempt.status)
  const closed = { status: 'DECLINED' as const, declineCode: CLOSED_BY_OWNER, redirectUrl: null, settledAt: now, nextReconcileAt: null }
  const mark = must(
    db,
    'discrepancy_open',
    db
      .update(paymentAttempts)
      .set({ ...(isOpen ? closed : {}), discrepancyResolvedAt: now, updatedAt: now })
      .where(
        and(eq(paymentAttempts.id, attempt.id), eq(paymentAttempts.status, attempt.status), isNull(paymentAttempts.discrepancyResolvedAt)),
      ),
  )
  const { discrepancy, discrepancyAt, status, processorId } = attempt
  const note = auditStatement(ctx, {
    action: 'payment.discrepancy_resolved',
    about: 'payment_attempt',
    aboutId: attempt.id,
    before: { discrepancy, discrepancyAt, status, processorId },
    after: { discrepancyResolvedAt: now, status: isOpen ? closed.status : status },
    reason,
  })
  await db.batch(isOpen ? [...closeOrder(ctx, attempt, mark), note] : [mark, note])
}
