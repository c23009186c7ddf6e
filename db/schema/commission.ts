import { sql } from 'drizzle-orm'
import { integer, jsonb, pgTable, text, type AnyPgColumn } from 'drizzle-orm/pg-core'
import type { LockProfile } from '#domain/affiliation/enums.ts'
import { affiliatePrograms } from './program.ts'
import { customers } from './customer.ts'
import { invoices } from './invoice.ts'
import { fkey, idColumn, indexOn, instant, instantNow, rate, uniqueOn, updatedInstant } from './columns.ts'
import { affiliateCommissionStatus } from './enums.ts'
import { weoktoUsers } from './person.ts'

/**
 * One commission on one paid invoice. Its amounts and dates never change: what happens later is counted in
 * `clawedBackAmount` (clawed back − reinstated) and marked in the instants below it.
 */
export const affiliateCommissions = pgTable(
  'affiliate_commissions',
  {
    id: idColumn(),
    affiliateProgramId: text().notNull(),
    affiliateId: text().notNull(),
    customerId: text(),
    invoiceId: text(),
    status: affiliateCommissionStatus().notNull().default('PENDING_LOCK'),
    lockPeriodDays: integer().notNull(),
    lockedUntil: instant().notNull(),
    maturesAt: instant().notNull(),
    lockedAmount: integer().notNull(),
    extendedLockAmount: integer().notNull(),
    extendedLockedUntil: instant(),
    totalAmount: integer().notNull(),
    currency: text().notNull().default('EUR'),
    rateApplied: rate(),
    baseAmount: integer(),
    metadata: jsonb().$type<Record<string, unknown>>(),
    createdAt: instantNow(),
    updatedAt: updatedInstant(),
    policyVersion: integer().notNull(),
    profile: text().$type<LockProfile>().notNull(),
    earnedAt: instant().notNull(),
    heldReasons: text()
      .array()
      .notNull()
      .default(sql`ARRAY[]::text[]`),
    decideBy: instant(),
    /** The owner's refusal of a hold, for good: the whole of the commission is taken back, whatever is refunded or won later. */
    holdRejectedAt: instant(),
    clawedBackAmount: integer().notNull().default(0),
    mainMaturedAt: instant(),
    extendedMaturedAt: instant(),
    releasedAt: instant(),
    disputedAt: instant(),
  },
  (t) => [
    uniqueOn(t.invoiceId),
    indexOn(t.affiliateId),
    indexOn(t.status, t.lockedUntil),
    indexOn(t.status, t.maturesAt),
    indexOn(t.affiliateId, t.earnedAt),
    indexOn(t.customerId),
    // The orders of the owner's list of all commissions, each ended by the id as its pages are.
    indexOn(t.earnedAt, t.id),
    indexOn(t.totalAmount, t.id),
    indexOn(t.lockedUntil, t.id),
    fkey(t.affiliateProgramId, (): AnyPgColumn => affiliatePrograms.id),
    fkey(t.affiliateId, (): AnyPgColumn => weoktoUsers.id),
    fkey(t.customerId, (): AnyPgColumn => customers.id),
    fkey(t.invoiceId, (): AnyPgColumn => invoices.id),
  ],
)
