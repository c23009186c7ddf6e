import { boolean, integer, jsonb, pgTable, text, type AnyPgColumn } from 'drizzle-orm/pg-core'
import { fkey, idColumn, indexOn, instant, instantNow, uniqueOn, updatedInstant } from './columns.ts'
import { communities } from './community.ts'
import { competitionMode, competitionType } from './enums.ts'
import { weoktoUsers } from './person.ts'

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
