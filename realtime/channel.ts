import {
  CLIENT_FRAMES_PER_SECOND,
  CLOSE_CODES,
  PRESENCE_EVERY_MS,
  TICKET_SECONDS,
  TYPING_EVERY_MS,
  type ServerFrame,
  type TicketClaims,
} from '#domain/chat-frames.ts'
import { encodeFrame, readClientFrame, type ReadPublication } from './protocol.ts'

/** One reader's open line. `claims` outlives the room's sleep, so it is kept with the socket. */
export interface RoomSocket {
  readonly id: string
  readonly claims: TicketClaims | null
  send(text: string): void
  close(code: number, reason: string): void
}

/** What the room needs from the place it runs in: PartyKit today, any Durable Object tomorrow. */
export interface RoomHost {
  sockets(): Iterable<RoomSocket>
  now(): number
  after(ms: number, work: () => void): void
  /** Small facts that must outlive the room's sleep. */
  memory: {
    get(key: string): Promise<number | undefined>
    put(key: string, value: number): Promise<void>
    /** Forgets everything put under a key that begins so and whose value is below `value`. */
    forgetBelow(prefix: string, value: number): Promise<void>
  }
}

/** Frames of one socket within the running second, and when its typing was last passed on. */
interface Pace {
  secondBegan: number
  frames: number
  typingToldAt: number
}

/**
 * A channel's room. Postgres holds the truth and the API decides who may write: the room passes on what the API
 * publishes and tells who is present and who types. It may forget everything at any moment; readers notice a hole
 * in `seq` and ask the API.
 */
export class ChannelRoom {
  readonly #host: RoomHost
  readonly #pace = new Map<string, Pace>()
  #presenceToldAt = 0
  #presenceIsDue = false

  constructor(host: RoomHost) {
    this.#host = host
  }

  /** A socket whose ticket was checked at the door. One that was shown out after its ticket was made stays out. */
  async enter(socket: RoomSocket): Promise<void> {
    const claims = socket.claims
    if (!claims) return dismiss(socket, CLOSE_CODES.TICKET_INVALID, 'ticket invalid')
    const kicks = await Promise.all([this.#host.memory.get(memberKey(claims.sub)), this.#host.memory.get(sessionKey(claims.session))])
    if (kicks.some((at) => at !== undefined && claims.iat <= at)) return dismiss(socket, CLOSE_CODES.ACCESS_LOST, 'access lost')
    send(socket, encodeFrame({ type: 'presence', online: this.#online() }))
    this.#tellPresence()
  }

  hear(socket: RoomSocket, raw: unknown): void {
    const pace = this.#count(socket)
    if (pace.frames > CLIENT_FRAMES_PER_SECOND) return dismiss(socket, CLOSE_CODES.TOO_FAST, 'too fast')
    const says = readClientFrame(raw)
    if (says === 'too_big') return dismiss(socket, CLOSE_CODES.TOO_BIG, 'frame too big')
    const claims = socket.claims
    if (says !== 'typing' || !claims || claims.silent) return
    if (this.#host.now() - pace.typingToldAt < TYPING_EVERY_MS) return
    pace.typingToldAt = this.#host.now()
    const frame: ServerFrame = { type: 'typing', memberId: claims.sub, displayName: claims.name }
    this.#fanOut(encodeFrame(frame), (other) => other.claims?.sub !== claims.sub)
  }

  leave(socket: RoomSocket): void {
    this.#pace.delete(socket.id)
    // The runtime leaves the closing handshake of a sleeping room's socket to us.
    close(socket, 1000, 'closed')
    this.#tellPresence()
  }

  /** Does what the API said; `saidAt` is the second in which the API signed it. */
  async obey(publication: ReadPublication, saidAt: number): Promise<void> {
    if (publication.type === 'event') return this.#fanOut(encodeFrame(publication))
    const { memberId, sessionId } = publication
    await this.#host.memory.forgetBelow('kick:', saidAt - 2 * TICKET_SECONDS)
    if (memberId) await this.#host.memory.put(memberKey(memberId), saidAt)
    if (sessionId) await this.#host.memory.put(sessionKey(sessionId), saidAt)
    // Closing takes a socket out of the list that is being walked, so the list is taken first.
    const present = Array.from(this.#host.sockets())
    for (const socket of present) {
      const claims = socket.claims
      if (!claims || (claims.sub !== memberId && claims.session !== sessionId)) continue
      dismiss(socket, CLOSE_CODES.ACCESS_LOST, 'access lost')
    }
    this.#tellPresence()
  }

  #fanOut(text: string, to: (socket: RoomSocket) => boolean = () => true): void {
    for (const socket of this.#host.sockets()) if (to(socket)) send(socket, text)
  }

  /** People, not tabs: someone with three windows is one. */
  #online(): number {
    const members = new Set<string>()
    for (const { claims } of this.#host.sockets()) if (claims && !claims.silent) members.add(claims.sub)
    return members.size
  }

  #tellPresence(): void {
    if (this.#presenceIsDue) return
    this.#presenceIsDue = true
    const wait = Math.max(0, this.#presenceToldAt + PRESENCE_EVERY_MS - this.#host.now())
    this.#host.after(wait, () => {
      this.#presenceIsDue = false
      this.#presenceToldAt = this.#host.now()
      this.#fanOut(encodeFrame({ type: 'presence', online: this.#online() }))
    })
  }

  #count(socket: RoomSocket): Pace {
    const now = this.#host.now()
    const pace = this.#pace.get(socket.id) ?? { secondBegan: now, frames: 0, typingToldAt: -Infinity }
    if (now - pace.secondBegan >= 1000) Object.assign(pace, { secondBegan: now, frames: 0 })
    pace.frames += 1
    this.#pace.set(socket.id, pace)
    return pace
  }
}

const memberKey = (memberId: string): string => `kick:member:${memberId}`
const sessionKey = (sessionId: string): string => `kick:session:${sessionId}`

// One dead socket must not keep a message from the others, so each send and close stands alone.
function send(socket: RoomSocket, text: string): void {
  try {
    socket.send(text)
  } catch {
    close(socket, 1011, 'send failed')
  }
}

function dismiss(socket: RoomSocket, code: number, reason: string): void {
  send(socket, encodeFrame({ type: 'bye', code }))
  close(socket, code, reason)
}

function close(socket: RoomSocket, code: number, reason: string): void {
  try {
    socket.close(code, reason)
  } catch {
    // It is closed already, which is what was wanted.
  }
}
