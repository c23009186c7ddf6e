import { boolean, integer, jsonb, pgTable, text, type AnyPgColumn } from 'drizzle-orm/pg-core'
import { invoices } from './billing.ts'
import { fkey, idColumn, indexOn, instant, instantNow, uniqueOn, updatedInstant } from './columns.ts'
import { communities } from './community.ts'
import { competitionMode, competitionType, cosmeticRarity, cosmeticType, pearlTransactionType } from './enums.ts'
import { weoktoUsers } from './identity.ts'

export const competitions = pgTable(
  'competitions',
  {
    id: idColumn(),
    type: competitionType().notNull(),
    mode: competitionMode().notNull(),
    startDate: instant().notNull(),
    endDate: instant().notNull(),
    name: text().notNull(),
    description: text(),
    rewards: jsonb().$type<Record<string, string>>().notNull(),
    isActive: boolean().notNull().default(true),
    createdAt: instantNow(),
  },
  (t) => [indexOn(t.type, t.startDate, t.endDate)],
)

/** One entry on a board: of a user in a SOLO competition, of a guild in a GUILD one, never of both. */
export const competitionLeaderboard = pgTable(
  'competition_leaderboard',
  {
    id: idColumn(),
    competitionId: text().notNull(),
    userId: text(),
    guildId: text(),
    totalSales: integer().notNull().default(0),
    salesCount: integer().notNull().default(0),
    rank: integer(),
    rewardClaimed: boolean().notNull().default(false),
    claimedAt: instant(),
    updatedAt: updatedInstant(),
  },
  (t) => [
    uniqueOn(t.competitionId, t.userId),
    uniqueOn(t.competitionId, t.guildId),
    indexOn(t.competitionId, t.totalSales),
    fkey(t.competitionId, (): AnyPgColumn => competitions.id),
    fkey(t.userId, (): AnyPgColumn => weoktoUsers.id),
    fkey(t.guildId, (): AnyPgColumn => communities.id),
  ],
)

export const pearlTransactions = pgTable(
  'pearl_transactions',
  {
    id: idColumn(),
    userId: text().notNull(),
    type: pearlTransactionType().notNull(),
    amount: integer().notNull(),
    description: text().notNull(),
    metadata: jsonb().$type<Record<string, unknown>>(),
    createdAt: instantNow(),
    invoiceId: text(),
    idempotencyKey: text().notNull(),
  },
  (t) => [
    uniqueOn(t.idempotencyKey),
    indexOn(t.userId, t.createdAt),
    indexOn(t.invoiceId),
    fkey(t.userId, (): AnyPgColumn => weoktoUsers.id),
    fkey(t.invoiceId, (): AnyPgColumn => invoices.id),
  ],
)

export const cosmetics = pgTable('cosmetics', {
  id: idColumn(),
  type: cosmeticType().notNull(),
  name: text().notNull(),
  description: text(),
  rarity: cosmeticRarity().notNull().default('COMMON'),
  imageUrl: text(),
  animationUrl: text(),
  pearlPrice: integer().notNull(),
  isActive: boolean().notNull().default(true),
  createdAt: instantNow(),
})

export const userCosmetics = pgTable(
  'user_cosmetics',
  {
    id: idColumn(),
    userId: text().notNull(),
    cosmeticId: text().notNull(),
    isEquipped: boolean().notNull().default(false),
    obtainedAt: instantNow(),
    equippedAt: instant(),
  },
  (t) => [
    uniqueOn(t.userId, t.cosmeticId),
    indexOn(t.userId),
    fkey(t.userId, (): AnyPgColumn => weoktoUsers.id),
    fkey(t.cosmeticId, (): AnyPgColumn => cosmetics.id),
  ],
)
