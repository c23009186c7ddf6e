import { index, integer, pgTable, primaryKey, text, type AnyPgColumn } from 'drizzle-orm/pg-core'
import { bigId, bigSerialId, fkey, indexOn, instant, instantNow, uniqueOn } from './columns.ts'
import { communities } from './community.ts'
import { communityMembers } from './member.ts'
import { channels } from './channel.ts'

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
