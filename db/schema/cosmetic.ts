import { boolean, integer, pgTable, text, type AnyPgColumn } from 'drizzle-orm/pg-core'
import { fkey, idColumn, indexOn, instant, instantNow, uniqueOn } from './columns.ts'
import { cosmeticRarity, cosmeticType } from './enums.ts'
import { weoktoUsers } from './person.ts'

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
