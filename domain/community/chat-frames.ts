import * as z from 'zod/mini'
import { PLATFORMS, type Platform } from '#domain/base/enums.ts'
import { bigIntId } from './chat.ts'
import type { MemberRole } from './enums.ts'

/** Why a socket was closed by us. The application range of WebSocket begins at 4000. */
export const CLOSE_CODES = {
  /** The room found no valid ticket behind the socket. A new ticket may be asked for. */
  TICKET_INVALID: 4401,
  /** The person may no longer be here: banned, expired, signed out. Do not come back. */
  ACCESS_LOST: 4403,
  /** The person opened more windows than a room keeps for one, and this was the oldest. Come back when they look at it again. */
  REPLACED: 4409,
  /** The client sent more than a person can. Come back later. */
  TOO_FAST: 4429,
  /** The channel has as many readers as its room bears. Come back much later. */
  FULL: 4503,
  /** The client sent a frame larger than any real one (the protocol's own code). */
  TOO_BIG: 1009,
} as const

/** What a client must not answer with a reconnection. */
export const isFinalClose = (code: number): boolean => code === CLOSE_CODES.ACCESS_LOST

/** Who was sent away because there was too much of something stays away this long at least: a refusal must not be answered by a flood. */
const AWAY_MS: Readonly<Record<number, number>> = { [CLOSE_CODES.TOO_FAST]: 10_000, [CLOSE_CODES.FULL]: 60_000 }

/** How long a client waits after a close, at least, before it tries again. */
export const awayAfterClose = (code: number): number => AWAY_MS[code] ?? 0

/** A ticket opens one socket of one member in one channel, once, within this time. */
export const TICKET_SECONDS = 60
/** The clocks of the API and of a room agree to well under this. */
export const CLOCK_TOLERANCE_SECONDS = 5
/** A publication is signed just before it is sent. */
export const PUBLISH_SECONDS = 30
/** A room's question is signed just before it is asked. */
export const ASK_SECONDS = 30
/** Below here stand the rooms, one a channel: for browsers, for the API, and for the library that finds them (`partykit.json` names it too). */
export const ROOMS_PATH = '/parties/channel/'

export const roomPath = (channelId: string): string => `${ROOMS_PATH}${channelId}`

export const TICKET_AUDIENCE = 'room'
export const PUBLISH_AUDIENCE = 'publish'
export const ASK_AUDIENCE = 'rights'

/** Windows that one person may have open in a channel; the next one takes the place of the oldest. */
export const SOCKETS_PER_MEMBER = 8
/** Sockets that one room holds; whoever comes after is refused. */
export const SOCKETS_PER_CHANNEL = 2_000
/** A room asks this often whether those in it still may be there. */
export const RIGHTS_EVERY_MS = 300_000
/** Sessions asked about in one question: many times fewer than fit the API's limit on a body. */
export const RIGHTS_AT_ONCE = 250

/** A client only ever says that it types: nothing it sends may come near this. */
export const CLIENT_FRAME_MAX_BYTES = 256
/** A message of 4,000 characters with its author and the quote it answers stays far below. */
export const PUBLISH_MAX_BYTES = 65_536
/** One member's typing is told to the others at most this often… */
export const TYPING_EVERY_MS = 2_000
/** …and forgotten by them after this, unless told again. */
export const TYPING_LASTS_MS = 5_000
/** Frames of one socket within a second before it is closed. */
export const CLIENT_FRAMES_PER_SECOND = 10
/**
 * A room that has just passed something on pays for it, and lets what comes meanwhile travel in one frame: for as many milliseconds as it has sockets,
 * divided by this. With few readers that is nothing, with 200 it is 25 ms, with 1,000 it is 125 ms.
 */
export const SOCKETS_PER_WINDOW_MS = 8
/** More than this never waits: a frame must stay below what a socket carries (1 MiB), whatever its alphabet. */
export const EVENTS_MAX_CHARACTERS = 200_000
/** The room tells the number present at most this often, or 1,000 arrivals would cost 1,000,000 frames. */
export const PRESENCE_EVERY_MS = 1_000

export interface MessageAuthor {
  memberId: string
  /** Null when the person gave no name: the screen says "Member". */
  displayName: string | null
  avatarUrl: string | null
  role: MemberRole
}

/** A message as it travels. A deleted one keeps its place and loses its text. */
export interface MessageView {
  id: string
  channelId: string
  seq: number
  clientId: string
  content: string | null
  createdAt: string
  editedAt: string | null
  deletedAt: string | null
  author: MessageAuthor
  replyTo: null | { id: string; seq: number; displayName: string | null; excerpt: string | null }
}

/** Something that happened in a channel, at its place in the channel's own order. */
export interface ChannelEvent {
  seq: number
  kind: 'message'
  message: MessageView
}

/** What the room sends to every reader. */
export type ServerFrame =
  | { type: 'events'; events: readonly ChannelEvent[] }
  | { type: 'typing'; memberId: string; displayName: string | null }
  | { type: 'presence'; online: number }
  /** Sent before the room closes a socket: some runtimes let seconds pass between a close frame and the client's event. */
  | { type: 'bye'; code: number }

/** What the claims of a ticket say: who, where, and from which session. */
export const ticketClaims = z.object({
  sub: z.string().check(z.minLength(1), z.maxLength(64)),
  channel: bigIntId,
  session: z.string().check(z.minLength(1), z.maxLength(64)),
  platform: z.enum(PLATFORMS),
  name: z.nullable(z.string().check(z.maxLength(80))),
  /** Staff who look on are neither counted nor heard. */
  silent: z.boolean(),
  iat: z.number(),
  exp: z.number(),
  /** Names this one ticket, so that it serves once. */
  jti: z.string().check(z.minLength(1), z.maxLength(64)),
})
export type TicketClaims = z.infer<typeof ticketClaims>

/** Who speaks of one channel: the API to its room, or the room to the API. The audience tells which. */
export const channelClaims = z.object({ channel: bigIntId })

/** The only frame a client may send. */
export const clientFrame = z.object({ type: z.literal('typing') })

/**
 * What the API sends to a room. The room reads the envelope and passes the event on as it is: the API wrote it.
 * `kick` closes the sockets of these members and sessions and voids their tickets, if they were made until the second `before`: what is said
 * late, because a room did not answer, must not shut out whoever was let in again meanwhile.
 */
export const publication = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('event'),
    event: z.looseObject({ seq: z.number().check(z.int(), z.gte(1)), kind: z.string() }),
  }),
  z.object({
    type: z.literal('kick'),
    members: z.array(z.string()),
    sessions: z.array(z.string()),
    before: z.number(),
    code: z.union([z.literal(CLOSE_CODES.ACCESS_LOST), z.literal(CLOSE_CODES.TICKET_INVALID)]),
  }),
])
export type Kick = Extract<z.infer<typeof publication>, { type: 'kick' }>
export type Publication = { type: 'event'; event: ChannelEvent } | Kick

/** What a room asks the API: which of these sessions may no longer read its channel. */
export const rightsQuestion = z.object({
  sessions: z.array(z.object({ id: z.string().check(z.maxLength(64)), platform: z.enum(PLATFORMS) })).check(z.maxLength(RIGHTS_AT_ONCE)),
})
export interface SessionHere {
  id: string
  platform: Platform
}

export const rightsAnswer = z.object({ lost: z.array(z.string()) })
