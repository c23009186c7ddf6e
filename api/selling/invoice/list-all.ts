import { and, eq, inArray, type SQL } from 'drizzle-orm'
import * as z from 'zod/mini'
import { affiliateCommissions, customers, invoices, products, stamUsers, weoktoUsers } from '#db/schema/all.ts'
import { Id } from '#domain/base/id.ts'
import { INVOICE_STATUSES } from '#domain/selling/enums.ts'
import { ALL_INVOICES_ORDER } from '#domain/selling/lists.ts'
import { requirePermission } from '#api/authorize.ts'
import type { Ctx } from '#api/context.ts'
import { listInput, listQuery, sumOf, type Counted } from '#api/list-query.ts'
import { holdsText, searchText } from '#api/search-text.ts'
import { datedAt, selectAllInvoices } from './rows.ts'

export const ListAllInvoices = z.extend(listInput(ALL_INVOICES_ORDER), {
  /** Without it, what was paid: refunded ones included. */
  status: z.optional(z.enum(INVOICE_STATUSES)),
  productId: z.optional(Id),
  affiliateId: z.optional(Id),
  q: z.optional(searchText),
})

export type ListAllInvoices = z.infer<typeof ListAllInvoices>

const table = {
  order: ALL_INVOICES_ORDER,
  id: invoices.id,
  columns: {
    datedAt: { by: datedAt, kind: 'instant' },
    amountCents: { by: invoices.amountIncludingTax, kind: 'integer' },
    commissionCents: { by: affiliateCommissions.totalAmount, kind: 'integer', isNullable: true },
  },
} as const

/** Every invoice with its buyer and what it brought to whom, and the sums of all that the filter shows. Owner only. */
export async function listAllInvoices(ctx: Ctx, asked: ListAllInvoices) {
  requirePermission(ctx, 'selling.amounts')
  const shown = filtered(asked)
  const list = listQuery(table, asked)
  const [rows, totals] = await ctx.db.batch([
    selectAllInvoices(ctx, and(shown, list.within), list.order, list.limit),
    sumSales(ctx, shown, list.counted),
  ])
  return list.page(rows, totals)
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

function sumSales({ db }: Ctx, shown: SQL | undefined, counted: Counted) {
  return db
    .select({
      ...counted,
      amountCents: sumOf(invoices.amountIncludingTax),
      taxCents: sumOf(invoices.taxAmount),
      commissionCents: sumOf(affiliateCommissions.totalAmount),
    })
    .from(invoices)
    .innerJoin(customers, eq(customers.id, invoices.customerId))
    .innerJoin(stamUsers, eq(stamUsers.id, customers.stamUserId))
    .innerJoin(products, eq(products.id, customers.productId))
    .leftJoin(affiliateCommissions, eq(affiliateCommissions.invoiceId, invoices.id))
    .leftJoin(weoktoUsers, eq(weoktoUsers.id, affiliateCommissions.affiliateId))
    .where(shown)
}
