import { pgTable, text, type AnyPgColumn } from 'drizzle-orm/pg-core'
import { fkey, instant, instantNow } from './columns.ts'
import { refunds } from './refund.ts'

/** A chargeback that was lost (a refund that is PROCESSED) and won after all: from then on it takes nothing back from anybody. */
export const disputeOutcomes = pgTable(
  'dispute_outcomes',
  {
    refundId: text().primaryKey(),
    wonAt: instant().notNull(),
    createdAt: instantNow(),
  },
  (t) => [fkey(t.refundId, (): AnyPgColumn => refunds.id)],
)
