import { and, eq, sql, type SQL } from 'drizzle-orm'
import * as z from 'zod/mini'
import { affiliateCommissions, customers, invoices, products, stamUsers, weoktoUsers } from '#db/schema/all.ts'
import { Id } from '#domain/base/id.ts'
import { readDays, type Days } from '#domain/base/paris.ts'
import { INVOICE_STATUSES } from '#domain/selling/enums.ts'
import { ALL_INVOICES_ORDER } from '#domain/selling/lists.ts'
import { requirePermission } from '#api/authorize.ts'
import type { Ctx } from '#api/context.ts'
import { daysInput, withinDays } from '#api/days.ts'
import { listInput, listQuery, sumOf, type Counted } from '#api/list-query.ts'
import { holdsText, searchText } from '#api/search-text.ts'
import { datedAt, hasRefundOn, refundedCents, selectAllInvoices, soldOn } from './rows.ts'

export const ListAllInvoices = z.extend(listInput(ALL_INVOICES_ORDER), {
  /** Without it, what was paid: refunded ones included. */
  status: z.optional(z.enum(INVOICE_STATUSES)),
  productId: z.optional(Id),
  affiliateId: z.optional(Id),
  /** When they were paid, or made while they are not. */
  period: z.optional(daysInput),
  /** Those of which something went back on these days; the rows and the sums then say how much. */
  refunds: z.optional(daysInput),
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
  const shown = filtered(ctx, asked)
  const list = listQuery(table, asked)
  const refundDays = readDays(asked.refunds)
  const [rows, totals] = await ctx.db.batch([
    selectAllInvoices(ctx, and(shown, list.within), list.order, list.limit, refundDays),
    sumSales(ctx, shown, list.counted, refundDays),
  ])
  return list.page(rows, totals)
}

type Filter = Pick<ListAllInvoices, 'status' | 'productId' | 'affiliateId' | 'period' | 'refunds' | 'q'>

function filtered(ctx: Ctx, { status, productId, affiliateId, period, refunds, q }: Filter): SQL | undefined {
  const refundDays = readDays(refunds)
  return and(
    status === undefined ? soldOn(readDays(period)) : and(eq(invoices.status, status), withinDays(datedAt, period)),
    productId === undefined ? undefined : eq(customers.productId, productId),
    affiliateId === undefined ? undefined : eq(affiliateCommissions.affiliateId, affiliateId),
    refundDays === null ? undefined : hasRefundOn(ctx, refundDays),
    holdsText(q, [invoices.number, stamUsers.email, products.name, weoktoUsers.email, weoktoUsers.displayName]),
  )
}

function sumSales({ db }: Ctx, shown: SQL | undefined, counted: Counted, refundDays: Days | null) {
  const refunded = sql<number>`coalesce(sum(${refundedCents(refundDays)}), 0)`.mapWith(Number)
  return db
    .select({
      ...counted,
      amountCents: sumOf(invoices.amountIncludingTax),
      taxCents: sumOf(invoices.taxAmount),
      commissionCents: sumOf(affiliateCommissions.totalAmount),
      ...(refundDays && { refundedCents: refunded }),
    })
    .from(invoices)
    .innerJoin(customers, eq(customers.id, invoices.customerId))
    .innerJoin(stamUsers, eq(stamUsers.id, customers.stamUserId))
    .innerJoin(products, eq(products.id, customers.productId))
    .leftJoin(affiliateCommissions, eq(affiliateCommissions.invoiceId, invoices.id))
    .leftJoin(weoktoUsers, eq(weoktoUsers.id, affiliateCommissions.affiliateId))
    .where(shown)
}
