import { and, eq, exists, inArray, sql, type SQL } from 'drizzle-orm'
import { affiliateCommissions, customers, invoices, plans, products, refunds, stamUsers, weoktoUsers } from '#db/schema/all.ts'
import type { Days } from '#domain/base/paris.ts'
import type { Ctx } from '#api/context.ts'
import { within } from '#api/days.ts'

/** When an invoice was paid, or made while it is not: the day that it stands under in every list. */
export const datedAt = sql<Date>`coalesce(${invoices.paidAt}, ${invoices.createdAt})`.mapWith(invoices.createdAt)

/** What was sold, refunded or not: each of these has a day on which it was paid. */
const SOLD = inArray(invoices.status, ['PAID', 'REFUNDED'])

/** What was sold on some days, for the figures and for the list that they open; on whichever day without any. */
export const soldOn = (days: Days | null): SQL | undefined => (days === null ? SOLD : and(SOLD, within(invoices.paidAt, days)))

/** What went back on some days, for the same two. */
export const refundedOn = (days: Days | null): SQL | undefined => {
  const isDone = eq(refunds.status, 'PROCESSED')
  return days === null ? isDone : and(isDone, within(refunds.processedAt, days))
}

const refundsOf = (days: Days | null): SQL | undefined => and(eq(refunds.invoiceId, invoices.id), refundedOn(days))

/** Invoices of which something went back on some days. */
export const hasRefundOn = ({ db }: Pick<Ctx, 'db'>, days: Days): SQL =>
  exists(
    db
      .select({ one: sql`1` })
      .from(refunds)
      .where(refundsOf(days)),
  )

/** What of an invoice went back, on some days or altogether: cents, tax included. */
export const refundedCents = (days: Days | null): SQL<number> =>
  sql<number>`(select coalesce(sum(${refunds.amount}), 0) from ${refunds} where ${refundsOf(days)})`.mapWith(Number)

const saleColumns = {
  id: invoices.id,
  number: invoices.number,
  kind: invoices.kind,
  status: invoices.status,
  datedAt,
  paidAt: invoices.paidAt,
  amountCents: invoices.amountIncludingTax,
  amountExcludingTaxCents: invoices.amountExcludingTax,
  taxCents: invoices.taxAmount,
  taxRateBps: invoices.taxRateBps,
  country: invoices.country,
  customerId: invoices.customerId,
  buyerEmail: stamUsers.email,
  productId: products.id,
  productName: products.name,
  planName: plans.name,
  affiliateId: affiliateCommissions.affiliateId,
  affiliateEmail: weoktoUsers.email,
  affiliateName: weoktoUsers.displayName,
  commissionId: affiliateCommissions.id,
  commissionStatus: affiliateCommissions.status,
  commissionCents: affiliateCommissions.totalAmount,
  clawedBackCents: affiliateCommissions.clawedBackAmount,
}

/** Invoices with who bought what through whom: for the owner's eyes. */
export function selectAllInvoices(
  { db }: Pick<Ctx, 'db'>,
  shown: SQL | undefined,
  order: SQL[],
  limit: number,
  refundDays: Days | null = null,
) {
  return db
    .select({ ...saleColumns, refundedCents: refundedCents(refundDays) })
    .from(invoices)
    .innerJoin(customers, eq(customers.id, invoices.customerId))
    .innerJoin(stamUsers, eq(stamUsers.id, customers.stamUserId))
    .innerJoin(products, eq(products.id, customers.productId))
    .leftJoin(plans, eq(plans.id, invoices.planId))
    .leftJoin(affiliateCommissions, eq(affiliateCommissions.invoiceId, invoices.id))
    .leftJoin(weoktoUsers, eq(weoktoUsers.id, affiliateCommissions.affiliateId))
    .where(shown)
    .orderBy(...order)
    .limit(limit)
}
