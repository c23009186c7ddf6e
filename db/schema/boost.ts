import { sql } from 'drizzle-orm'
import { boolean, integer, jsonb, pgTable, text, uniqueIndex, type AnyPgColumn } from 'drizzle-orm/pg-core'
import type { BoostType } from '#domain/affiliation/enums.ts'
import { fkey, idColumn, indexOn, instant, instantNow, rate, uniqueOn } from './columns.ts'
import { boostCodeScope, boostRedemptionStatus } from './enums.ts'
import { weoktoUsers } from './person.ts'

/** `boostValue` is percentage points (5.0000) or euros (5.0000), as `boostType` says. */
export const affiliateBoostCodes = pgTable(
  'affiliate_boost_codes',
  {
    id: idColumn(),
    code: text().notNull(),
    boostType: text().$type<BoostType>().notNull(),
    boostValue: rate().notNull(),
    scope: boostCodeScope().notNull().default('GLOBAL'),
    targetProductIds: text()
      .array()
      .notNull()
      .$defaultFn(() => []),
    validFrom: instantNow(),
    validUntil: instant(),
    maxUses: integer(),
    currentUses: integer().notNull().default(0),
    description: text(),
    isActive: boolean().notNull().default(true),
    createdAt: instantNow(),
    createdBy: text(),
  },
  (t) => [uniqueOn(t.code), indexOn(t.code), indexOn(t.scope), fkey(t.createdBy, (): AnyPgColumn => weoktoUsers.id)],
)

export const affiliateBoostRedemptions = pgTable(
  'affiliate_boost_redemptions',
  {
    id: idColumn(),
    codeId: text().notNull(),
    affiliateId: text().notNull(),
    status: boostRedemptionStatus().notNull().default('ACTIVE'),
    redeemedAt: instantNow(),
    expiresAt: instant(),
    deactivatedAt: instant(),
    commissionsEarned: integer().notNull().default(0),
    salesCount: integer().notNull().default(0),
    metadata: jsonb().$type<Record<string, unknown>>(),
  },
  (t) => [
    // The owner's schema has (affiliateId, status) unique, which would also forbid a second expired one.
    uniqueIndex('affiliate_boost_redemptions_one_active_key')
      .on(t.affiliateId)
      .where(sql`"status" = 'ACTIVE'`),
    indexOn(t.affiliateId),
    indexOn(t.codeId),
    fkey(t.codeId, (): AnyPgColumn => affiliateBoostCodes.id),
    fkey(t.affiliateId, (): AnyPgColumn => weoktoUsers.id),
  ],
)
