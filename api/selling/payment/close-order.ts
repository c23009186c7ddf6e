import { and, eq, ne } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import { checkoutSessions, invoices } from '#db/schema/all.ts'
import type { Ctx } from '#api/context.ts'

interface Ordered {
  invoiceId: string
  checkoutSessionId: string | null
}

/**
 * An order that is over without being paid: it asks no more, can never become paid later, and its buyer may order anew. `mark` is the write of its
 * attempt, which stands where a payment and a refusal lock it: after the invoice, before the checkout.
 */
export function closeOrder<Mark extends BatchItem<'pg'>>({ db, now }: Ctx, { invoiceId, checkoutSessionId }: Ordered, mark: Mark) {
  return [
    db
      .update(invoices)
      .set({ status: 'VOID', voidedAt: now, updatedAt: now })
      .where(and(eq(invoices.id, invoiceId), eq(invoices.status, 'PENDING'))),
    mark,
    db
      .update(checkoutSessions)
      .set({ state: 'EXPIRED', updatedAt: now })
      .where(and(eq(checkoutSessions.id, checkoutSessionId ?? ''), ne(checkoutSessions.state, 'PAID'))),
  ] as const
}
