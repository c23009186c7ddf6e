import { sql } from 'drizzle-orm'
import { integer, jsonb, pgTable, text, uniqueIndex, type AnyPgColumn } from 'drizzle-orm/pg-core'
import type { PaymentMethod } from '#domain/affiliation/enums.ts'
import { fkey, idColumn, indexOn, instant, instantNow, updatedInstant } from './columns.ts'
import { withdrawalStatus } from './enums.ts'
import { weoktoUsers } from './person.ts'

export const withdrawalRequests = pgTable(
  'withdrawal_requests',
  {
    id: idColumn(),
    affiliateId: text().notNull(),
    requestedAmount: integer().notNull(),
    feeAmount: integer().notNull(),
    netAmount: integer().notNull(),
    currency: text().notNull().default('EUR'),
    status: withdrawalStatus().notNull().default('PENDING_REVIEW'),
    requestedAt: instantNow(),
    reviewedAt: instant(),
    approvedAt: instant(),
    paidAt: instant(),
    rejectedAt: instant(),
    paymentMethod: text().$type<PaymentMethod>(),
    payoutReference: text(),
    payoutProof: text(),
    notes: text(),
    rejectionReason: text(),
    metadata: jsonb().$type<Record<string, unknown>>(),
    createdAt: instantNow(),
    updatedAt: updatedInstant(),
  },
  (t) => [
    uniqueIndex('withdrawal_requests_one_open_key')
      .on(t.affiliateId)
      .where(sql`"status" IN ('PENDING_REVIEW', 'APPROVED')`),
    indexOn(t.status),
    indexOn(t.affiliateId),
    fkey(t.affiliateId, (): AnyPgColumn => weoktoUsers.id),
  ],
)
