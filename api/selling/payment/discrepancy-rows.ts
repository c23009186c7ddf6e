import { eq, sql, type SQL } from 'drizzle-orm'
import * as z from 'zod/mini'
import { auditLog, customers, invoices, paymentAttempts, products, stamUsers } from '#db/schema/all.ts'
import type { Ctx } from '#api/context.ts'

/** What the audit log keeps of it: the processor's own words, which the attempt may not carry. */
const Noted = z.object({
  why: z.optional(z.enum(['attempt', 'invoice', 'kind', 'amount', 'currency'])),
  processorId: z.optional(z.nullable(z.string())),
  saidCents: z.optional(z.number()),
})

/** Money that fits no order, with who paid it for what: for the owner's eyes. */
export function selectDiscrepancies({ db }: Pick<Ctx, 'db'>, shown: SQL | undefined, limit: number) {
  const noted = sql<unknown>`(select l.after from ${auditLog} l where l."targetType" = 'payment_attempt' and l."targetId" = ${paymentAttempts.id}
    and l.action in ('payment.paid_twice', 'payment.mismatch') order by l."createdAt" desc limit 1)`
  return db
    .select({
      id: paymentAttempts.id,
      kind: paymentAttempts.discrepancy,
      at: paymentAttempts.discrepancyAt,
      amountCents: paymentAttempts.amountCents,
      processorId: paymentAttempts.processorId,
      invoiceStatus: invoices.status,
      invoiceNumber: invoices.number,
      buyerEmail: stamUsers.email,
      productName: products.name,
      noted: noted.as('noted'),
    })
    .from(paymentAttempts)
    .innerJoin(invoices, eq(invoices.id, paymentAttempts.invoiceId))
    .innerJoin(customers, eq(customers.id, invoices.customerId))
    .innerJoin(stamUsers, eq(stamUsers.id, customers.stamUserId))
    .innerJoin(products, eq(products.id, customers.productId))
    .where(shown)
    .orderBy(paymentAttempts.discrepancyAt, paymentAttempts.id)
    .limit(limit)
}

export type DiscrepancyRow = Awaited<ReturnType<typeof selectDiscrepancies>>[number]

/** `saidCents` is what the processor speaks of, `askedCents` what the order asked for: the same when money came twice. */
export function viewDiscrepancy({ kind, at, amountCents, noted, ...row }: DiscrepancyRow) {
  const said = Noted.safeParse(noted).data
  return {
    id: row.id,
    kind: kind ?? ('mismatch' as const),
    why: said?.why ?? null,
    at: at?.toISOString() ?? null,
    askedCents: amountCents,
    saidCents: said?.saidCents ?? amountCents,
    processorId: said?.processorId ?? row.processorId,
    invoiceNumber: row.invoiceNumber,
    buyerEmail: row.buyerEmail,
    productName: row.productName,
  }
}

export type Discrepancy = ReturnType<typeof viewDiscrepancy>
