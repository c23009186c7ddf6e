import * as z from 'zod/mini'
import { withoutCardNumber } from '#domain/base/text.ts'
import type { MemberRole } from './enums.ts'

/** What one message may hold, in UTF-16 units: the same unit as a text area's `maxLength`. */
export const MESSAGE_MAX_LENGTH = 4000

export const HISTORY_PAGE = 50

export const HISTORY_PAGE_MAX = 100

/** How many events one catch-up answer holds: a reader who missed more asks again. */
export const EVENTS_PAGE = 200

/** An unread counter stops here: the screen writes "99+". */
export const UNREAD_CAP = 100

// Line feed and tab stay; every other C0 and C1 control goes, and so do the marks that change the
// direction of the text around them (they let a message disguise a link). Joiners stay: emoji need them.
const UNWANTED = /(?![\n\t])\p{Cc}|[\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/gu

/** Makes a text safe to store and to show: whole characters, one kind of line break, no hidden controls, trimmed. */
export function cleanMessage(raw: string): string {
  return raw.toWellFormed().replaceAll('\r\n', '\n').replace(UNWANTED, '').trim()
}

const BIGINT_MAX = '9223372036854775807'

/** A bigint id as it travels: a string of digits that fits Postgres' `bigint`. */
export const bigIntId = z.string().check(
  z.regex(/^[1-9]\d{0,18}$/),
  // Every check runs even when the one before failed, so this one compares text: `BigInt` would throw at "1.0".
  z.refine((text) => text.length < BIGINT_MAX.length || text <= BIGINT_MAX),
)

/** The id a client gives its own message before the server knows it: unique per channel and author for ever. */
export const clientId = z.string().check(z.regex(/^[A-Za-z0-9_-]{8,40}$/))

const content = z.pipe(
  // The raw text may be a little longer than what remains of it; far longer is not worth cleaning.
  z.pipe(z.string().check(z.maxLength(MESSAGE_MAX_LENGTH * 2)), z.transform(cleanMessage)),
  z.string().check(z.minLength(1), z.maxLength(MESSAGE_MAX_LENGTH), withoutCardNumber),
)

const seq = z.coerce.number().check(z.int(), z.gte(0), z.lte(2_147_483_647))

const limit = z.coerce.number().check(z.int(), z.gte(1), z.lte(HISTORY_PAGE_MAX))

export const ChannelParam = z.object({ id: bigIntId })

export const PostMessage = z.object({ clientId, content, replyToId: z.optional(z.nullable(bigIntId)) })

export const ListMessages = z.object({
  before: z.optional(seq),
  after: z.optional(seq),
  limit: z.prefault(limit, HISTORY_PAGE),
})

export const ListEvents = z.object({ after: seq })

export const MarkRead = z.object({ seq: z.number().check(z.int(), z.gte(0), z.lte(2_147_483_647)) })

export type PostMessage = z.infer<typeof PostMessage>

export type ListMessages = z.infer<typeof ListMessages>

/** What is known about one person and one channel when access is decided. */
export interface ChannelFacts {
  /** The person's row in the community, if there is one. */
  member: null | {
    role: MemberRole
    isActive: boolean
    bannedAt: Date | null
    mutedUntil: Date | null
    /** The membership is free, or a purchase that still gives access stands behind it. */
    hasLiveAccess: boolean
  }
  /** Staff may read everywhere; only members write. */
  isStaff: boolean
  communityIsActive: boolean
  channel: { isPrivate: boolean; isReadOnly: boolean; isArchived: boolean; slowModeSeconds: number }
  /** A product of theirs opens this private channel (`ProductAccess` of type `channel`). */
  isOpenedByProduct: boolean
}

export type ReadRefusal = 'not_found' | 'access_ended' | 'chat_banned'

export type PostRefusal = ReadRefusal | 'not_member' | 'muted' | 'channel_archived' | 'channel_read_only' | 'slow_mode'

export type Decision<Refusal extends string> = { ok: true } | { ok: false; code: Refusal }

const refuse = <Code extends string>(code: Code): { ok: false; code: Code } => ({ ok: false, code })

/** MODERATOR and ADMIN govern their community's chat: they are exempt from read-only, private and slow mode. */
export const isModerator = (role: MemberRole): boolean => role !== 'MEMBER'

/**
 * Who may read a channel. To a stranger it is "not found", so that its existence stays unknown; someone who was
 * inside is told what happened.
 */
export function decideRead(facts: ChannelFacts): Decision<ReadRefusal> {
  if (facts.isStaff) return { ok: true }
  const member = facts.member
  if (!facts.communityIsActive || !member) return refuse('not_found')
  const seesPrivate = isModerator(member.role) || facts.isOpenedByProduct
  if (facts.channel.isPrivate && !seesPrivate) return refuse('not_found')
  return decideMember(member)
}

/**
 * Who may write now. `lastPostedAt` is the member's newest message in this channel, deleted ones included,
 * so that deleting does not reset slow mode.
 */
export function decidePost(facts: ChannelFacts & { lastPostedAt: Date | null }, now: Date): Decision<PostRefusal> {
  const read = decideRead(facts)
  if (!read.ok) return read
  const { member, channel } = facts
  // Staff read everywhere; to write they are members like anybody, under the same sanctions.
  if (!member) return refuse('not_member')
  const standing = decideMember(member)
  if (!standing.ok) return standing
  if (member.mutedUntil && member.mutedUntil > now) return refuse('muted')
  if (channel.isArchived) return refuse('channel_archived')
  if (isModerator(member.role)) return { ok: true }
  if (channel.isReadOnly) return refuse('channel_read_only')
  return slowModeWaitMs(channel.slowModeSeconds, facts.lastPostedAt, now) > 0 ? refuse('slow_mode') : { ok: true }
}

function decideMember(member: NonNullable<ChannelFacts['member']>): Decision<'access_ended' | 'chat_banned'> {
  if (!member.isActive || !member.hasLiveAccess) return refuse('access_ended')
  return member.bannedAt ? refuse('chat_banned') : { ok: true }
}

/** Milliseconds a member still has to wait under slow mode; 0 when they may write. */
export function slowModeWaitMs(slowModeSeconds: number, lastPostedAt: Date | null, now: Date): number {
  if (slowModeSeconds === 0 || !lastPostedAt) return 0
  return Math.max(0, lastPostedAt.getTime() + slowModeSeconds * 1000 - now.getTime())
}
