import { and, eq, ne } from 'drizzle-orm'
import { checkoutSessions, invoices } from '#db/schema/all.ts'
import type { Ctx } from '#api/context.ts'

/** An order that is over without being paid: it asks no more, can never become paid later, and its buyer may order anew. The invoice first, as a payment takes its locks. */
export function closeOrder({ db, now }: Ctx, invoiceId: string, checkoutId: string | null) {
  return [
    db
      .update(invoices)
      .set({ status: 'VOID', voidedAt: now, updatedAt: now })
      .where(and(eq(invoices.id, invoiceId), eq(invoices.status, 'PENDING'))),
    db
      .update(checkoutSessions)
      .set({ state: 'EXPIRED', updatedAt: now })
      .where(and(eq(checkoutSessions.id, checkoutId ?? ''), ne(checkoutSessions.state, 'PAID'))),
  ] as const
}
