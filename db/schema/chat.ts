import { boolean, index, integer, pgTable, primaryKey, text, type AnyPgColumn } from 'drizzle-orm/pg-core'
import { bigId, bigSerialId, fkey, indexOn, instant, instantNow, uniqueOn, updatedInstant } from './columns.ts'
import { communities, communityMembers } from './community.ts'

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

/** `clientId` is the author's own name for the message, so that a repeated send finds the first one. */
export const messages = pgTable(
  'messages',
  {
    id: bigSerialId().primaryKey(),
    channelId: bigId().notNull(),
    communityId: text().notNull(),
    memberId: text().notNull(),
    content: text().notNull(),
    replyToId: bigId(),
    editedAt: instant(),
    deletedAt: instant(),
    createdAt: instantNow(),
    seq: integer().notNull(),
    clientId: text().notNull(),
  },
  (t) => [
    uniqueOn(t.channelId, t.seq),
    uniqueOn(t.channelId, t.memberId, t.clientId),
    index('messages_channelId_createdAt_idx').on(t.channelId, t.createdAt.desc()),
    indexOn(t.communityId),
    indexOn(t.replyToId),
    fkey(t.channelId, (): AnyPgColumn => channels.id),
    fkey(t.communityId, (): AnyPgColumn => communities.id),
    fkey(t.memberId, (): AnyPgColumn => communityMembers.id),
    fkey(t.replyToId, (): AnyPgColumn => messages.id),
  ],
)

export const messageReactions = pgTable(
  'message_reactions',
  {
    messageId: bigId().notNull(),
    memberId: text().notNull(),
    emoji: text().notNull(),
    createdAt: instantNow(),
  },
  (t) => [
    primaryKey({ name: 'message_reactions_pkey', columns: [t.messageId, t.memberId, t.emoji] }),
    fkey(t.messageId, (): AnyPgColumn => messages.id),
    fkey(t.memberId, (): AnyPgColumn => communityMembers.id),
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
