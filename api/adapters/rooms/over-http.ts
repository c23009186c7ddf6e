import { roomPath } from '#domain/community/chat-frames.ts'
import { NoAnswer, ask, platformFetch, type Fetch } from '#api/adapters/ask.ts'
import type { Rooms } from './port.ts'
import { TAKEN_WITHIN_MS, roomsThrough } from './through.ts'
import { mintPublisher } from './tokens.ts'

export interface HttpRoomsOptions {
  /** Where browsers and the API reach the rooms, such as `https://rooms.example.com`. */
  origin: string
  secret: string
  fetch?: Fetch
  /** Publishing is signed with the real time, as the room checks it against its own clock. */
  clock?: () => Date
}

/** Rooms that stand elsewhere, on PartyKit or in another Worker: one HTTP request to a channel's room for each thing said in it. */
export function httpRooms({ origin, secret, fetch = platformFetch, clock = () => new Date() }: HttpRoomsOptions): Rooms {
  return roomsThrough({
    secret,
    originFor: () => origin,
    async say(channelId, publication) {
      const token = await mintPublisher(channelId, secret, clock())
      try {
        const reply = await ask(
          {
            what: 'rooms: publish',
            method: 'POST',
            url: `${origin}${roomPath(channelId)}`,
            headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
            body: JSON.stringify(publication),
            timeoutMs: TAKEN_WITHIN_MS,
          },
          fetch,
        )
        return reply.status === 204
      } catch (error) {
        if (error instanceof NoAnswer) return false
        throw error
      }
    },
  })
}
