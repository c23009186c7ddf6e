import type { Publication } from '#domain/community/chat-frames.ts'
import { briefOf, log } from '#api/log.ts'
import type { Rooms } from './port.ts'
import { TAKEN_WITHIN_MS, roomsThrough, type Way } from './through.ts'

/** Takes one publication to the room of a channel that stands in the same Worker. Rejects when the room does not take it. */
export type TellRoom = (channelId: string, publication: Publication) => Promise<void>

/** Rooms in the API's own Worker: each thing said is a call of the room's own method, and browsers come to the site that they are on. */
export function boundRooms(tell: TellRoom, way: Omit<Way, 'say'>): Rooms {
  return roomsThrough({
    ...way,
    async say(channelId, publication) {
      try {
        return await isTakenInTime(tell(channelId, publication))
      } catch (error) {
        log(null, 'room_failed', { channelId, message: briefOf(error) })
        return false
      }
    },
  })
}

async function isTakenInTime(work: Promise<void>): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => resolve(false), TAKEN_WITHIN_MS)
  try {
    return await Promise.race([work.then(() => true), late])
  } finally {
    clearTimeout(timer)
  }
}
