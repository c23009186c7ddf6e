import { sql } from 'drizzle-orm'
import { boolean, integer, jsonb, pgTable, text, uniqueIndex, type AnyPgColumn } from 'drizzle-orm/pg-core'
import type { AttributionSource } from '#domain/affiliation/enums.ts'
import type { RateType } from '#domain/catalogue/enums.ts'
import { affiliateLinks } from './affiliate.ts'
import { customers } from './billing.ts'
import { products } from './catalogue.ts'
import { fkey, idColumn, indexOn, instant, instantNow, rate, uniqueOn, updatedInstant } from './columns.ts'
import { platform } from './enums.ts'
import { weoktoUsers } from './identity.ts'

/** What a product pays to affiliates. `defaultRate` is a share (0.3000) or euros (10.0000), as `defaultRateType` says. */
export const affiliatePrograms = pgTable(
  'affiliate_programs',
  {
    id: idColumn(),
    productId: text().notNull(),
    isActive: boolean().notNull().default(false),
    defaultRateType: text().$type<RateType>().notNull(),
    defaultRate: rate().notNull(),
    cookieDurationDays: integer().notNull().default(30),
    includeRenewals: boolean().notNull().default(true),
    metadata: jsonb().$type<Record<string, unknown>>(),
    createdAt: instantNow(),
    updatedAt: updatedInstant(),
  },
  (t) => [uniqueOn(t.productId), fkey(t.productId, (): AnyPgColumn => products.id)],
)

/** One click. `filteredReason` says why it does not count; `ip` is truncated before it comes here. */
export const affiliateTrackingEvents = pgTable(
  'affiliate_tracking_events',
  {
    id: idColumn(),
    clickId: text().notNull(),
    affiliateId: text().notNull(),
    productId: text(),
    platform: platform(),
    campaign: text(),
    source: text(),
    medium: text(),
    utm: jsonb().$type<Record<string, string>>(),
    ip: text(),
    userAgent: text(),
    fingerprint: text(),
    country: text(),
    city: text(),
    expiresAt: instant(),
    createdAt: instantNow(),
    linkId: text(),
    subId: text(),
    visitorHash: text(),
    isUnique: boolean().notNull().default(false),
    filteredReason: text(),
    landingPath: text(),
    referrer: text(),
  },
  (t) => [
    uniqueOn(t.clickId),
    indexOn(t.clickId),
    indexOn(t.affiliateId),
    indexOn(t.expiresAt),
    indexOn(t.productId),
    indexOn(t.linkId, t.visitorHash, t.createdAt),
    indexOn(t.affiliateId, t.createdAt),
    fkey(t.affiliateId, (): AnyPgColumn => weoktoUsers.id),
    fkey(t.productId, (): AnyPgColumn => products.id),
    fkey(t.linkId, (): AnyPgColumn => affiliateLinks.id),
  ],
)

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
