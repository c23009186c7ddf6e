import { pearlTransactions } from '#db/schema/all.ts'
import type { Ctx } from '#api/context.ts'

/** Pearls that a sale earned, once for its invoice; none where it earned none. The balance is kept by the write that locks the person. */
export function pearlStatements(ctx: Ctx, sale: { affiliateId: string; pearls: number; productName: string; invoiceId: string }) {
  if (sale.pearls <= 0) return []
  return [
    ctx.db.insert(pearlTransactions).values({
      id: ctx.newId(),
      userId: sale.affiliateId,
      type: 'SALE',
      amount: sale.pearls,
      description: sale.productName,
      invoiceId: sale.invoiceId,
      idempotencyKey: `sale:${sale.invoiceId}`,
      createdAt: ctx.now,
    }),
  ]
}
