import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, type AnyPgColumn } from 'drizzle-orm/pg-core'
import type { InvoiceKind } from '#domain/base/enums.ts'
import { plans } from './plan.ts'
import { columnDefinedLater, countryCode, fkey, idColumn, indexOn, instant, instantNow, uniqueOn, updatedInstant } from './columns.ts'
import { invoiceStatus } from './enums.ts'
import { customers } from './customer.ts'

/** One demand for money. `number` comes gapless from `invoice_series` when it is paid. */
export const invoices = pgTable(
  'invoices',
  {
    id: idColumn(),
    customerId: text().notNull(),
    planId: text(),
    amountExcludingTax: integer().notNull(),
    taxAmount: integer().notNull().default(0),
    amountIncludingTax: integer().notNull(),
    currency: text().notNull().default('EUR'),
    status: invoiceStatus().notNull().default('DRAFT'),
    dueDate: instant(),
    paidAt: instant(),
    voidedAt: instant(),
    pciVaultPaymentId: text(),
    pciVaultStatus: text(),
    metadata: jsonb().$type<Record<string, unknown>>(),
    createdAt: instantNow(),
    updatedAt: updatedInstant(),
    number: text(),
    kind: text().$type<InvoiceKind>().notNull(),
    taxRateBps: integer().notNull(),
    country: countryCode().notNull(),
    checkoutSessionId: text(),
    periodStart: instant(),
    periodEnd: instant(),
  },
  (t) => [
    uniqueOn(t.number),
    uniqueOn(t.checkoutSessionId),
    uniqueIndex('invoices_one_pending_key')
      .on(t.customerId)
      .where(sql`"status" = 'PENDING'`),
    indexOn(t.customerId),
    indexOn(t.status),
    indexOn(t.pciVaultPaymentId),
    indexOn(t.paidAt),
    // The orders of the owner's list of sales, whose day is that of `datedAt` in api/selling/invoice/rows.ts.
    index('invoices_datedAt_id_idx').on(sql`(coalesce(${t.paidAt}, ${t.createdAt}))`, t.id),
    indexOn(t.amountIncludingTax, t.id),
    fkey(t.customerId, (): AnyPgColumn => customers.id),
    fkey(t.planId, (): AnyPgColumn => plans.id),
    fkey(t.checkoutSessionId, columnDefinedLater('checkout_sessions.id')),
  ],
)

/** The last number given out in a series of a year: numbers of invoices have no gaps. */
export const invoiceSeries = pgTable(
  'invoice_series',
  {
    series: text().notNull(),
    year: integer().notNull(),
    lastNumber: integer().notNull().default(0),
  },
  (t) => [primaryKey({ name: 'invoice_series_pkey', columns: [t.series, t.year] })],
)
