import { boolean, integer, jsonb, pgTable, text, type AnyPgColumn } from 'drizzle-orm/pg-core'
import { COOKIE_DAYS } from '#domain/affiliation/attribution.ts'
import type { RateType } from '#domain/catalogue/enums.ts'
import { products } from './product.ts'
import { fkey, idColumn, instantNow, rate, uniqueOn, updatedInstant } from './columns.ts'

/** What a product pays to affiliates. `defaultRate` is a share (0.3000) or euros (10.0000), as `defaultRateType` says. */
export const affiliatePrograms = pgTable(
  'affiliate_programs',
  {
    id: idColumn(),
    productId: text().notNull(),
    isActive: boolean().notNull().default(false),
    defaultRateType: text().$type<RateType>().notNull(),
    defaultRate: rate().notNull(),
    cookieDurationDays: integer().notNull().default(COOKIE_DAYS),
    includeRenewals: boolean().notNull().default(true),
    metadata: jsonb().$type<Record<string, unknown>>(),
    createdAt: instantNow(),
    updatedAt: updatedInstant(),
  },
  (t) => [uniqueOn(t.productId), fkey(t.productId, (): AnyPgColumn => products.id)],
)
