import { integer, pgTable, primaryKey, text, type AnyPgColumn } from 'drizzle-orm/pg-core'
import { fkey, idColumn, indexOn, instant, instantNow, uniqueOn, updatedInstant } from './columns.ts'
import { communities } from './community.ts'
import { weoktoUsers } from './person.ts'

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
