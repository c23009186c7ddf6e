import { eq, sql, type SQL } from 'drizzle-orm'
import { affiliateCommissions, customers, invoices, plans, products, stamUsers, weoktoUsers } from '#db/schema/all.ts'
import type { Ctx } from '#api/context.ts'

/** When an invoice was paid, or made while it is not: the day that it stands under in every list. */
export const datedAt = sql<Date>`coalesce(${invoices.paidAt}, ${invoices.createdAt})`.mapWith(invoices.createdAt)

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
export function selectAllInvoices({ db }: Pick<Ctx, 'db'>, shown: SQL | undefined, order: SQL[], limit: number) {
  return db
    .select(saleColumns)
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
