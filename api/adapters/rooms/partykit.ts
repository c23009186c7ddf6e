import { CLOSE_CODES, TICKET_SECONDS, type Publication } from '#domain/community/chat-frames.ts'
import { NoAnswer, ask, platformFetch, type Fetch } from '#api/adapters/ask.ts'
import type { Rooms } from './port.ts'
import { mintPublisher, mintTicket } from './tokens.ts'

/** The writer of a message waits for this at most; then readers find the message by the hole it leaves. */
const TIMEOUT_MS = 1_500
/** Rooms spoken to at once when someone is shown out of all their channels. */
const AT_ONCE = 10

export interface PartyKitOptions {
  /** Where browsers and the API reach PartyKit, such as `https://rooms.example.com`. */
  origin: string
  secret: string
  fetch?: Fetch
  /** Publishing is signed with the real time, as the room checks it against its own clock. */
  clock?: () => Date
}

/** Rooms on PartyKit: one HTTP request to a channel's room for each thing said in it. */
export function partyKitRooms({ origin, secret, fetch = platformFetch, clock = () => new Date() }: PartyKitOptions): Rooms {
  const say = async (channelId: string, publication: Publication): Promise<boolean> => {
    const token = await mintPublisher(channelId, secret, clock())
    try {
      const reply = await ask(
        {
          what: 'rooms: publish',
          method: 'POST',
          url: `${origin}/parties/main/${channelId}`,
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: JSON.stringify(publication),
          timeoutMs: TIMEOUT_MS,
        },
        fetch,
      )
      return reply.status === 204
    } catch (error) {
      if (error instanceof NoAnswer) return false
      throw error
    }
  }
  return {
    publish: (channelId, event) => say(channelId, { type: 'event', event }),
    async kick(kicks, { before, mayReturn }) {
      const code = mayReturn ? CLOSE_CODES.TICKET_INVALID : CLOSE_CODES.ACCESS_LOST
      const how = { type: 'kick', before: Math.floor(before.getTime() / 1000), code } as const
      let all = true
      for (let at = 0; at < kicks.length; at += AT_ONCE) {
        const some = kicks.slice(at, at + AT_ONCE)
        const taken = await Promise.all(some.map(({ channelId, members, sessions }) => say(channelId, { ...how, members, sessions })))
        all &&= taken.every(Boolean)
      }
      return all
    },
    async ticket(holder, now) {
      const token = await mintTicket(holder, secret, now)
      const url = `${origin.replace(/^http/, 'ws')}/parties/main/${holder.channelId}?ticket=${token}`
      return { url, expiresAt: new Date(now.getTime() + TICKET_SECONDS * 1000) }
    },
  }
}
