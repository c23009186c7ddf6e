import { sql } from 'drizzle-orm'
import { boolean, jsonb, pgTable, text, uniqueIndex, type AnyPgColumn } from 'drizzle-orm/pg-core'
import type { AttributionSource } from '#domain/affiliation/enums.ts'
import type { RateType } from '#domain/catalogue/enums.ts'
import { affiliateLinks } from './link.ts'
import { customers } from './customer.ts'
import { products } from './product.ts'
import { fkey, idColumn, indexOn, instant, instantNow, rate } from './columns.ts'
import { weoktoUsers } from './person.ts'
import { affiliateTrackingEvents } from './click.ts'

/** Which affiliate a customer's purchases of a product go to, with the program's terms frozen at that moment. */
export const affiliateAttributions = pgTable(
  'affiliate_attributions',
  {
    id: idColumn(),
    affiliateTrackingEventId: text(),
    customerId: text(),
    productId: text().notNull(),
    affiliateId: text().notNull(),
    attributionModel: text().notNull().default('last-click'),
    isFreeProductAttribution: boolean().notNull().default(false),
    attributionExpiresAt: instant(),
    boundAt: instant().notNull(),
    expiresAt: instant(),
    replacedAt: instant(),
    replacedByEventId: text(),
    metadata: jsonb().$type<Record<string, unknown>>(),
    createdAt: instantNow(),
    linkId: text(),
    source: text().$type<AttributionSource>().notNull().default('click'),
    rateType: text().$type<RateType>(),
    rate: rate(),
    includeRenewals: boolean(),
  },
  (t) => [
    // Last click wins: whoever binds a paid attribution replaces the one before, also when two do it at once.
    uniqueIndex('affiliate_attributions_one_live_key')
      .on(t.customerId, t.productId)
      .where(sql`"replacedAt" IS NULL AND NOT "isFreeProductAttribution"`),
    indexOn(t.customerId, t.productId),
    indexOn(t.affiliateId),
    indexOn(t.attributionExpiresAt),
    fkey(t.affiliateTrackingEventId, (): AnyPgColumn => affiliateTrackingEvents.id),
    fkey(t.customerId, (): AnyPgColumn => customers.id),
    fkey(t.productId, (): AnyPgColumn => products.id),
    fkey(t.affiliateId, (): AnyPgColumn => weoktoUsers.id),
    fkey(t.replacedByEventId, (): AnyPgColumn => affiliateTrackingEvents.id),
    fkey(t.linkId, (): AnyPgColumn => affiliateLinks.id),
  ],
)
