import { boolean, integer, pgTable, primaryKey, text, type AnyPgColumn } from 'drizzle-orm/pg-core'
import { bigId, bigSerialId, fkey, indexOn, instant, instantNow, uniqueOn, updatedInstant } from './columns.ts'
import { communities } from './community.ts'
import { communityMembers } from './member.ts'

export const channelCategories = pgTable(
  'channel_categories',
  {
    id: bigSerialId().primaryKey(),
    communityId: text().notNull(),
    name: text().notNull(),
    slug: text().notNull(),
    position: integer().notNull().default(0),
    createdAt: instantNow(),
    createdBy: text().notNull(),
  },
  (t) => [uniqueOn(t.communityId, t.slug), fkey(t.communityId, (): AnyPgColumn => communities.id)],
)

/** `lastSeq` is the number of the newest message: a new one takes the next in the same statement. */
export const channels = pgTable(
  'channels',
  {
    id: bigSerialId().primaryKey(),
    communityId: text().notNull(),
    categoryId: bigId(),
    name: text().notNull(),
    slug: text().notNull(),
    description: text(),
    isPrivate: boolean().notNull().default(false),
    position: integer().notNull().default(0),
    createdAt: instantNow(),
    createdBy: text().notNull(),
    lastSeq: integer().notNull().default(0),
    slowModeSeconds: integer().notNull().default(0),
    isReadOnly: boolean().notNull().default(false),
    archivedAt: instant(),
  },
  (t) => [
    uniqueOn(t.communityId, t.slug),
    indexOn(t.communityId),
    fkey(t.communityId, (): AnyPgColumn => communities.id),
    fkey(t.categoryId, (): AnyPgColumn => channelCategories.id),
  ],
)

/** How far a member has read, by number: never by the client's clock. */
export const channelReads = pgTable(
  'channel_reads',
  {
    channelId: bigId().notNull(),
    memberId: text().notNull(),
    lastReadSeq: integer().notNull().default(0),
    updatedAt: updatedInstant(),
  },
  (t) => [
    primaryKey({ name: 'channel_reads_pkey', columns: [t.channelId, t.memberId] }),
    indexOn(t.memberId),
    fkey(t.channelId, (): AnyPgColumn => channels.id),
    fkey(t.memberId, (): AnyPgColumn => communityMembers.id),
  ],
)
