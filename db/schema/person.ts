import { integer, pgTable, text } from 'drizzle-orm/pg-core'
import type { Locale } from '#domain/base/enums.ts'
import { citext, idColumn, indexOn, instant, instantNow, shareRate, uniqueOn, updatedInstant } from './columns.ts'
import { affiliateRiskLevel, userType } from './enums.ts'

/** Accounts of weokto.com: affiliates and the staff of both sites. */
export const weoktoUsers = pgTable(
  'weokto_users',
  {
    id: idColumn(),
    email: citext().notNull(),
    authId: text().notNull(),
    displayName: text(),
    avatarUrl: text(),
    bio: text(),
    userType: userType().notNull().default('CLIENT'),
    firstCommissionAt: instant(),
    totalRefunds: integer().notNull().default(0),
    refundRate: shareRate().notNull().default(0),
    riskLevel: affiliateRiskLevel().notNull().default('NORMAL'),
    pearlBalance: integer().notNull().default(0),
    pearlsEarned: integer().notNull().default(0),
    pearlsSpent: integer().notNull().default(0),
    createdAt: instantNow(),
    updatedAt: updatedInstant(),
    lastLoginAt: instant(),
    emailVerifiedAt: instant(),
    locale: text().$type<Locale>().notNull().default('fr'),
    bannedAt: instant(),
  },
  (t) => [uniqueOn(t.email), uniqueOn(t.authId), indexOn(t.email), indexOn(t.userType), indexOn(t.riskLevel)],
)

/** Accounts of be-stam.com: clients, and the billing identity of everyone who pays on either site. */
export const stamUsers = pgTable(
  'stam_users',
  {
    id: idColumn(),
    email: citext().notNull(),
    authId: text().notNull(),
    displayName: text(),
    avatarUrl: text(),
    bio: text(),
    createdAt: instantNow(),
    updatedAt: updatedInstant(),
    lastLoginAt: instant(),
    emailVerifiedAt: instant(),
    locale: text().$type<Locale>().notNull().default('fr'),
    bannedAt: instant(),
  },
  (t) => [uniqueOn(t.email), uniqueOn(t.authId), indexOn(t.email)],
)
