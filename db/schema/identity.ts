import { integer, pgTable, text, type AnyPgColumn } from 'drizzle-orm/pg-core'
import type { Locale } from '#domain/base/enums.ts'
import { customers } from './billing.ts'
import { citext, fkey, idColumn, indexOn, instant, instantNow, shareRate, uniqueOn, updatedInstant } from './columns.ts'
import { affiliateRiskLevel, platform, userType } from './enums.ts'

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

/** `token` holds the SHA-256 of the cookie, in hex: a copy of the database opens no session. */
const sessionColumns = () => ({
  id: idColumn(),
  userId: text().notNull(),
  token: text().notNull(),
  expiresAt: instant().notNull(),
  createdAt: instantNow(),
  lastSeenAt: instant().notNull(),
  authenticatedAt: instant().notNull(),
  ip: text(),
  userAgent: text(),
  visitorHash: text(),
})

export const weoktoSessions = pgTable('weokto_sessions', sessionColumns(), (t) => [
  uniqueOn(t.token),
  indexOn(t.userId),
  indexOn(t.token),
  fkey(t.userId, (): AnyPgColumn => weoktoUsers.id, 'cascade'),
])

/** `scopeCustomerId` limits a session to one purchase until the buyer has confirmed the e-mail. */
export const stamSessions = pgTable('stam_sessions', { ...sessionColumns(), scopeCustomerId: text() }, (t) => [
  uniqueOn(t.token),
  indexOn(t.userId),
  indexOn(t.token),
  fkey(t.userId, (): AnyPgColumn => stamUsers.id, 'cascade'),
  // Emptying the scope would widen the session to the whole account, so it goes with the purchase.
  fkey(t.scopeCustomerId, (): AnyPgColumn => customers.id, 'cascade'),
])

/** One request to sign in. Token, code and asking browser are stored as hashes. */
export const magicLinkTokens = pgTable(
  'magic_link_tokens',
  {
    id: idColumn(),
    email: citext().notNull(),
    token: text().notNull(),
    platform: platform().notNull(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
    createdAt: instantNow(),
    codeHash: text().notNull(),
    browserHash: text().notNull(),
    tries: integer().notNull().default(0),
    locale: text().$type<Locale>().notNull().default('fr'),
    nextPath: text(),
    purpose: text().notNull().default('sign_in'),
  },
  (t) => [uniqueOn(t.token), indexOn(t.email, t.platform), indexOn(t.token)],
)

/** Who accepted which version of which document. The user is of the platform's own table, hence no foreign key. */
export const termsAcceptances = pgTable(
  'terms_acceptances',
  {
    id: idColumn(),
    platform: platform().notNull(),
    userId: text().notNull(),
    document: text().notNull(),
    version: text().notNull(),
    acceptedAt: instant().notNull(),
    ip: text(),
    checkoutSessionId: text(),
  },
  (t) => [indexOn(t.platform, t.userId, t.document)],
)
