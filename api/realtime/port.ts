import type { ChannelEvent } from '#domain/chat-frames.ts'
import type { Platform } from '#domain/enums.ts'

/** Whose sockets are meant: every one of a member, or those of one session only. */
export type Whose = { memberId: string } | { sessionId: string }

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
  /** Closes sockets for good (code 4403) in each of these channels and voids tickets made before. */
  kick(channelIds: readonly string[], whose: Whose): Promise<boolean>
  /** A ticket for one socket and the address to use it at. `now` is the use-case's time. */
  ticket(holder: TicketHolder, now: Date): Promise<{ url: string; expiresAt: Date }>
}
