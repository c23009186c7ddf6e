import { date, integer, pgTable, primaryKey, text, type AnyPgColumn, boolean, jsonb } from 'drizzle-orm/pg-core'
import { fkey, indexOn, idColumn, instant, instantNow, uniqueOn } from './columns.ts'
import { weoktoUsers } from './person.ts'
import { affiliateLinks } from './link.ts'
import { products } from './product.ts'
import { platform } from './enums.ts'

/** Counters of one link and product on one day of Paris. Empty texts stand for "none" because they are part of the key. */
export const affiliateDailyStats = pgTable(
  'affiliate_daily_stats',
  {
    affiliateId: text().notNull(),
    linkId: text().notNull().default(''),
    productId: text().notNull().default(''),
    day: date({ mode: 'string' }).notNull(),
    grossClicks: integer().notNull().default(0),
    uniqueClicks: integer().notNull().default(0),
    filteredClicks: integer().notNull().default(0),
    salesCount: integer().notNull().default(0),
    salesCents: integer().notNull().default(0),
    commissionCents: integer().notNull().default(0),
  },
  (t) => [
    primaryKey({ name: 'affiliate_daily_stats_pkey', columns: [t.affiliateId, t.linkId, t.productId, t.day] }),
    indexOn(t.affiliateId, t.day),
    fkey(t.affiliateId, (): AnyPgColumn => weoktoUsers.id),
  ],
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
