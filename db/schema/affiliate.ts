import { boolean, date, integer, pgTable, primaryKey, text, type AnyPgColumn } from 'drizzle-orm/pg-core'
import { products } from './catalogue.ts'
import { fkey, idColumn, indexOn, instant, instantNow, uniqueOn, updatedInstant } from './columns.ts'
import { communities } from './community.ts'
import { weoktoUsers } from './identity.ts'

/** What makes a WeoktoUser an affiliate. A trigger opens the six accounts of the ledger at zero with it. */
export const affiliateProfiles = pgTable(
  'affiliate_profiles',
  {
    id: idColumn(),
    userId: text().notNull(),
    totalCommissionsEarned: integer().notNull().default(0),
    totalWithdrawn: integer().notNull().default(0),
    totalRefunded: integer().notNull().default(0),
    debtAmount: integer().notNull().default(0),
    currentGuildId: text(),
    guildJoinedAt: instant(),
    lastGuildChangeAt: instant(),
    createdAt: instantNow(),
    updatedAt: updatedInstant(),
    blockedAt: instant(),
    blockedReason: text(),
    trustedAt: instant(),
    termsAcceptedAt: instant(),
  },
  (t) => [
    uniqueOn(t.userId),
    indexOn(t.currentGuildId),
    fkey(t.userId, (): AnyPgColumn => weoktoUsers.id),
    fkey(t.currentGuildId, (): AnyPgColumn => communities.id),
  ],
)

/**
 * The networks and browsers in which an affiliate was signed in, as daily marks: a purchase from one of them is looked at first. Kept apart from
 * the sessions, so that signing out takes nothing away.
 */
export const affiliateVisitorMarks = pgTable(
  'affiliate_visitor_marks',
  {
    affiliateId: text().notNull(),
    visitorHash: text().notNull(),
    seenAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ name: 'affiliate_visitor_marks_pkey', columns: [t.affiliateId, t.visitorHash] }),
    indexOn(t.seenAt),
    fkey(t.affiliateId, (): AnyPgColumn => weoktoUsers.id, 'cascade'),
  ],
)

/** A code of an affiliate, for one product or for one community's landing page. */
export const affiliateLinks = pgTable(
  'affiliate_links',
  {
    id: idColumn(),
    code: text().notNull(),
    affiliateId: text().notNull(),
    productId: text(),
    communityId: text(),
    label: text(),
    campaign: text(),
    toPath: text(),
    isActive: boolean().notNull().default(true),
    archivedAt: instant(),
    createdAt: instantNow(),
    updatedAt: updatedInstant(),
  },
  (t) => [
    uniqueOn(t.code),
    indexOn(t.affiliateId, t.createdAt),
    fkey(t.affiliateId, (): AnyPgColumn => weoktoUsers.id),
    // Emptying the target would leave a link to nowhere, so the target cannot be deleted.
    fkey(t.productId, (): AnyPgColumn => products.id, 'restrict'),
    fkey(t.communityId, (): AnyPgColumn => communities.id, 'restrict'),
  ],
)

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
