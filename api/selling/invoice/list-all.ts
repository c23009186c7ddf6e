import { and, asc, count, desc, eq, inArray, sql, sum, type SQL } from 'drizzle-orm'
import * as z from 'zod/mini'
import { affiliateCommissions, customers, invoices, products, stamUsers, weoktoUsers } from '#db/schema/all.ts'
import { Id } from '#domain/base/id.ts'
import { INVOICE_STATUSES } from '#domain/selling/enums.ts'
import { requirePermission } from '#api/authorize.ts'
import type { Ctx } from '#api/context.ts'
import { PageQuery } from '#api/params.ts'
import { holdsText, searchText } from '#api/search-text.ts'
import { selectAllInvoices } from './rows.ts'

export const ListAllInvoices = z.extend(PageQuery, {
  /** Without it, what was paid: refunded ones included. */
  status: z.optional(z.enum(INVOICE_STATUSES)),
  productId: z.optional(Id),
  affiliateId: z.optional(Id),
  q: z.optional(searchText),
  sort: z._default(z.enum(['paidAt', 'amountCents', 'commissionCents']), 'paidAt'),
  direction: z._default(z.enum(['asc', 'desc']), 'desc'),
})

export type ListAllInvoices = z.infer<typeof ListAllInvoices>

/** Every invoice with its buyer and what it brought to whom, and the sums of all that the filter shows. Owner only. */
export async function listAllInvoices(ctx: Ctx, { sort, direction, page, size, ...filter }: ListAllInvoices) {
  requirePermission(ctx, 'selling.amounts')
  const shown = filtered(filter)
  const [sales, totals] = await ctx.db.batch([
    selectAllInvoices(ctx, shown, orderOf(sort, direction), size, (page - 1) * size),
    sumSales(ctx, shown),
  ])
  const [all] = totals
  return {
    sales,
    total: all?.total ?? 0,
    sums: {
      amountCents: Number(all?.amountCents ?? 0),
      taxCents: Number(all?.taxCents ?? 0),
      commissionCents: Number(all?.commissionCents ?? 0),
    },
    page,
    size,
  }
}

function filtered({
  status,
  productId,
  affiliateId,
  q,
}: Pick<ListAllInvoices, 'status' | 'productId' | 'affiliateId' | 'q'>): SQL | undefined {
  return and(
    status === undefined ? inArray(invoices.status, ['PAID', 'REFUNDED']) : eq(invoices.status, status),
    productId === undefined ? undefined : eq(customers.productId, productId),
    affiliateId === undefined ? undefined : eq(affiliateCommissions.affiliateId, affiliateId),
    holdsText(q, [invoices.number, stamUsers.email, products.name, weoktoUsers.email, weoktoUsers.displayName]),
  )
}

function sumSales({ db }: Ctx, shown: SQL | undefined) {
  return db
    .select({
      total: count(),
      amountCents: sum(invoices.amountIncludingTax),
      taxCents: sum(invoices.taxAmount),
      commissionCents: sum(affiliateCommissions.totalAmount),
    })
    .from(invoices)
    .innerJoin(customers, eq(customers.id, invoices.customerId))
    .innerJoin(stamUsers, eq(stamUsers.id, customers.stamUserId))
    .innerJoin(products, eq(products.id, customers.productId))
    .leftJoin(affiliateCommissions, eq(affiliateCommissions.invoiceId, invoices.id))
    .leftJoin(weoktoUsers, eq(weoktoUsers.id, affiliateCommissions.affiliateId))
    .where(shown)
}

/** What has no value yet stands last either way, and the id ends each order, so that pages never share a row. */
function orderOf(sort: ListAllInvoices['sort'], direction: ListAllInvoices['direction']): SQL[] {
  const column = { paidAt: invoices.paidAt, amountCents: invoices.amountIncludingTax, commissionCents: affiliateCommissions.totalAmount }[
    sort
  ]
  const way = direction === 'asc' ? asc : desc
  return [sql`${way(column)} nulls last`, way(invoices.id)]
}
