import { boolean, pgTable, text, type AnyPgColumn } from 'drizzle-orm/pg-core'
import { customers } from './customer.ts'
import { products } from './product.ts'
import { citext, fkey, idColumn, indexOn, instant, instantNow, uniqueOn, updatedInstant } from './columns.ts'
import { memberRole, platform } from './enums.ts'
import { stamUsers, weoktoUsers } from './person.ts'
import { communities } from './community.ts'

/** One person in one community: exactly one of the two user columns is filled, as a CHECK says. */
export const communityMembers = pgTable(
  'community_members',
  {
    id: idColumn(),
    communityId: text().notNull(),
    platform: platform().notNull(),
    weoktoUserId: text(),
    stamUserId: text(),
    email: citext().notNull(),
    displayName: text(),
    avatarUrl: text(),
    role: memberRole().notNull().default('MEMBER'),
    joinedAt: instantNow(),
    lastActiveAt: instant(),
    lastReadAt: instant(),
    isActive: boolean().notNull().default(true),
    customerId: text(),
    currentProductId: text(),
    createdAt: instantNow(),
    updatedAt: updatedInstant(),
    bannedAt: instant(),
    mutedUntil: instant(),
  },
  (t) => [
    uniqueOn(t.communityId, t.weoktoUserId),
    uniqueOn(t.communityId, t.stamUserId),
    indexOn(t.communityId),
    indexOn(t.weoktoUserId),
    indexOn(t.stamUserId),
    indexOn(t.customerId),
    fkey(t.communityId, (): AnyPgColumn => communities.id),
    fkey(t.weoktoUserId, (): AnyPgColumn => weoktoUsers.id),
    fkey(t.stamUserId, (): AnyPgColumn => stamUsers.id),
    fkey(t.customerId, (): AnyPgColumn => customers.id),
    fkey(t.currentProductId, (): AnyPgColumn => products.id),
  ],
)
