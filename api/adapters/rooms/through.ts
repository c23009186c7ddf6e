import type { Platform } from '#domain/base/enums.ts'
import { CLOSE_CODES, TICKET_SECONDS, roomPath, type Publication } from '#domain/community/chat-frames.ts'
import type { Rooms } from './port.ts'
import { mintTicket } from './tokens.ts'

/** The writer of a message waits for this at most; then readers find the message by the hole it leaves. */
export const TAKEN_WITHIN_MS = 1_500
/** Rooms spoken to at once when someone is shown out of all their channels. */
const AT_ONCE = 10

export interface Way {
  secret: string
  /** Where a browser on this site opens its sockets. */
  originFor: (platform: Platform) => string
  /** Takes one thing to a channel's room; false when the room did not take it in time. Never rejects for what the room does. */
  say: (channelId: string, publication: Publication) => Promise<boolean>
}

/** The rooms, whatever the way that leads to them. */
export function roomsThrough({ secret, originFor, say }: Way): Rooms {
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
      const url = `${originFor(holder.platform).replace(/^http/, 'ws')}${roomPath(holder.channelId)}?ticket=${token}`
      return { url, expiresAt: new Date(now.getTime() + TICKET_SECONDS * 1000) }
    },
  }
}
