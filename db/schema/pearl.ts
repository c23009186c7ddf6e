import { integer, jsonb, pgTable, text, type AnyPgColumn } from 'drizzle-orm/pg-core'
import { invoices } from './invoice.ts'
import { fkey, idColumn, indexOn, instantNow, uniqueOn } from './columns.ts'
import { pearlTransactionType } from './enums.ts'
import { weoktoUsers } from './person.ts'

export const pearlTransactions = pgTable(
  'pearl_transactions',
  {
    id: idColumn(),
    userId: text().notNull(),
    type: pearlTransactionType().notNull(),
    amount: integer().notNull(),
    description: text().notNull(),
    metadata: jsonb().$type<Record<string, unknown>>(),
    createdAt: instantNow(),
    invoiceId: text(),
    idempotencyKey: text().notNull(),
  },
  (t) => [
    uniqueOn(t.idempotencyKey),
    indexOn(t.userId, t.createdAt),
    indexOn(t.invoiceId),
    fkey(t.userId, (): AnyPgColumn => weoktoUsers.id),
    fkey(t.invoiceId, (): AnyPgColumn => invoices.id),
  ],
)
