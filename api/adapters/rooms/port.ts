import type { Platform } from '#domain/base/enums.ts'
import type { ChannelEvent } from '#domain/community/chat-frames.ts'

/** Whose sockets are meant in one channel: all of these members, and all of these sessions. */
export interface ChannelKick {
  channelId: string
  members: string[]
  sessions: string[]
}

/** Who a ticket lets in, where, and from which session. */
export interface TicketHolder {
  channelId: string
  /** The member's id, or `staff-…` for somebody of the staff who looks on. */
  memberId: string
  sessionId: string
  platform: Platform
  displayName: string | null
  /** Neither counted as present nor heard typing. */
  isSilent: boolean
}

/**
 * The rooms that pass messages on. Postgres is the truth: a room that cannot be reached costs a delay, never a
 * message, so nothing here rejects. `false` says that the room did not take it within the time allowed.
 */
export interface Rooms {
  publish(channelId: string, event: ChannelEvent): Promise<boolean>
  /**
   * Closes sockets in each of these channels and voids tickets, if they were made until `before`. They are told that access is lost and stay away,
   * or, where another session has taken the place of theirs (`mayReturn`), that a new ticket is wanted.
   */
  kick(kicks: readonly ChannelKick[], how: { before: Date; mayReturn: boolean }): Promise<boolean>
  /** A ticket for one socket, good once, and the address to use it at. `now` is the use-case's time. */
  ticket(holder: TicketHolder, now: Date): Promise<{ url: string; expiresAt: Date }>
}
