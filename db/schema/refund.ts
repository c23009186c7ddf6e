import { integer, jsonb, pgTable, text, type AnyPgColumn } from 'drizzle-orm/pg-core'
import { fkey, idColumn, indexOn, instant, instantNow, updatedInstant } from './columns.ts'
import { refundStatus } from './enums.ts'
import { customers } from './customer.ts'
import { invoices } from './invoice.ts'

export const refunds = pgTable(
  'refunds',
  {
    id: idColumn(),
    customerId: text().notNull(),
    invoiceId: text().notNull(),
    amount: integer().notNull(),
    currency: text().notNull().default('EUR'),
    reason: text(),
    status: refundStatus().notNull().default('PENDING'),
    requestedAt: instantNow(),
    approvedAt: instant(),
    rejectedAt: instant(),
    processedAt: instant(),
    metadata: jsonb().$type<Record<string, unknown>>(),
    createdAt: instantNow(),
    updatedAt: updatedInstant(),
  },
  (t) => [
    indexOn(t.customerId),
    indexOn(t.status),
    indexOn(t.invoiceId),
    fkey(t.customerId, (): AnyPgColumn => customers.id),
    fkey(t.invoiceId, (): AnyPgColumn => invoices.id),
  ],
)
