import {
  CLIENT_FRAMES_PER_SECOND,
  CLOCK_TOLERANCE_SECONDS,
  CLOSE_CODES,
  EVENTS_MAX_CHARACTERS,
  PRESENCE_EVERY_MS,
  RIGHTS_AT_ONCE,
  SOCKETS_PER_CHANNEL,
  SOCKETS_PER_MEMBER,
  SOCKETS_PER_WINDOW_MS,
  TICKET_SECONDS,
  TYPING_EVERY_MS,
  type Kick,
  type ServerFrame,
  type SessionHere,
  type TicketClaims,
} from '#domain/community/chat-frames.ts'
import { encodeEvents, encodeFrame, readClientFrame, type Told } from './protocol.ts'

/** One reader's open line. `claims` outlives the room's sleep, so it is kept with the socket. */
export interface RoomSocket {
  readonly id: string
  readonly claims: TicketClaims | null
  send(text: string): void
  close(code: number, reason: string): void
}

/** What the room needs from the place it runs in: a Durable Object, under PartyServer or under PartyKit. */
export interface RoomHost {
  /** Those that are open. */
  sockets(): Iterable<RoomSocket>
  now(): number
  after(ms: number, work: () => void): void
  /** Has `check` called within five minutes, also of a room that sleeps by then. Asking again before changes nothing. */
  checkLater(): Promise<void>
  /** Which of these sessions may no longer read this channel, as the API says; null when it did not answer. */
  lostRights(channelId: string, sessions: readonly SessionHere[]): Promise<readonly string[] | null>
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
  readonly #entering = new Set<string>()
  /** Events that are to travel together, already as text, and from when on the next one need not wait. */
  #waiting: string[] = []
  #quietFrom = 0
  #isTellingDue = false
  #presenceToldAt = 0
  #presenceIsDue = false

  constructor(host: RoomHost) {
    this.#host = host
  }

  /** A socket whose ticket was checked at the door. One that was shown out after its ticket was made stays out. */
  async enter(socket: RoomSocket): Promise<void> {
    const claims = socket.claims
    if (!claims || !(await this.#takesTicket(claims))) return dismiss(socket, CLOSE_CODES.TICKET_INVALID)
    const refusal = await this.#refusalOf(claims)
    if (refusal !== null) return dismiss(socket, refusal)
    this.#giveWay(socket, claims)
    await this.#host.checkLater()
    send(socket, encodeFrame({ type: 'presence', online: this.#online() }))
    this.#tellPresence()
  }

  /**
   * Shows out whoever may no longer be here, with a code that has their page ask for a new ticket: whether another session took the place of theirs
   * is for the API to say. What the API does not answer changes nothing: it is asked again five minutes later.
   */
  async check(): Promise<void> {
    const here = this.#sessionsHere()
    // First, so that nothing which goes wrong below is the last of it.
    if (here) await this.#host.checkLater()
    await this.#host.memory.forgetBelow('ticket:', this.#seconds() - CLOCK_TOLERANCE_SECONDS)
    await this.#host.memory.forgetBelow('kick:', this.#seconds() - 2 * TICKET_SECONDS)
    if (!here) return
    for (let at = 0; at < here.sessions.length; at += RIGHTS_AT_ONCE) {
      const lost = await this.#host.lostRights(here.channelId, here.sessions.slice(at, at + RIGHTS_AT_ONCE))
      if (lost === null) return
      this.#showOut(({ session }) => lost.includes(session), CLOSE_CODES.TICKET_INVALID)
    }
  }

  onFrame(socket: RoomSocket, raw: unknown): void {
    const pace = this.#count(socket)
    if (pace.frames > CLIENT_FRAMES_PER_SECOND) return dismiss(socket, CLOSE_CODES.TOO_FAST)
    const says = readClientFrame(raw)
    if (says === 'too_big') return dismiss(socket, CLOSE_CODES.TOO_BIG)
    const claims = socket.claims
    if (says !== 'typing' || !claims || claims.silent) return
    if (this.#host.now() - pace.typingToldAt < TYPING_EVERY_MS) return
    pace.typingToldAt = this.#host.now()
    const frame: ServerFrame = { type: 'typing', memberId: claims.sub, displayName: claims.name }
    this.#fanOut(encodeFrame(frame), (other) => other.claims?.sub !== claims.sub)
  }

  leave(socket: RoomSocket): void {
    this.#pace.delete(socket.id)
    this.#tellPresence()
  }

  /** Does what the API said. */
  async handle(publication: Told): Promise<void> {
    if (publication.type === 'event') return this.#tellSoon(JSON.stringify(publication.event))
    const { members, sessions, before, code } = publication
    await this.#rememberKick(publication)
    this.#showOut(({ sub, session, iat }) => iat <= before && (members.includes(sub) || sessions.includes(session)), code)
  }

  /** At once when the room was quiet. A room that talks sends fewer and longer frames, the more so the more readers it has. */
  #tellSoon(event: string): void {
    this.#waiting.push(event)
    const wait = this.#quietFrom - this.#host.now()
    const length = this.#waiting.reduce((sum, { length }) => sum + length, 0)
    if (wait <= 0 || length > EVENTS_MAX_CHARACTERS) return this.#tellWaiting()
    if (this.#isTellingDue) return
    this.#isTellingDue = true
    this.#host.after(wait, () => {
      this.#isTellingDue = false
      this.#tellWaiting()
    })
  }

  #tellWaiting(): void {
    if (this.#waiting.length === 0) return
    const text = encodeEvents(this.#waiting)
    this.#waiting = []
    const told = this.#fanOut(text)
    this.#quietFrom = this.#host.now() + Math.floor(told / SOCKETS_PER_WINDOW_MS)
  }

  /** A ticket serves once. What it is remembered by begins with its end, so that the oldest are found, and forgotten, first. */
  async #takesTicket({ jti, exp }: TicketClaims): Promise<boolean> {
    const key = `ticket:${exp}:${jti}`
    // Taken before anything is waited for, because the same ticket may come twice in one moment.
    if (this.#entering.has(key)) return false
    this.#entering.add(key)
    try {
      if ((await this.#host.memory.get(key)) !== undefined) return false
      await this.#host.memory.put(key, exp)
      return true
    } finally {
      this.#entering.delete(key)
    }
  }

  async #refusalOf({ sub, session, iat }: TicketClaims): Promise<Kick['code'] | typeof CLOSE_CODES.FULL | null> {
    const [member, ended] = await Promise.all([this.#host.memory.get(memberKey(sub)), this.#host.memory.get(sessionKey(session))])
    if (member !== undefined && iat <= member) return CLOSE_CODES.ACCESS_LOST
    // The API knows whether another session took this one's place: it is asked for a new ticket.
    if (ended !== undefined && iat <= ended) return CLOSE_CODES.TICKET_INVALID
    return Array.from(this.#host.sockets()).length > SOCKETS_PER_CHANNEL ? CLOSE_CODES.FULL : null
  }

  /** The newest window of a person is the one they look at, and lines of a phone that lost its network linger: so the oldest go. */
  #giveWay(socket: RoomSocket, { sub }: TicketClaims): void {
    const others = Array.from(this.#host.sockets()).filter(({ id, claims }) => id !== socket.id && claims?.sub === sub)
    const oldestFirst = others.toSorted((a, b) => (a.claims?.iat ?? 0) - (b.claims?.iat ?? 0))
    for (const old of oldestFirst.slice(0, Math.max(0, others.length + 1 - SOCKETS_PER_MEMBER))) dismiss(old, CLOSE_CODES.REPLACED)
  }

  async #rememberKick({ members, sessions, before }: Kick): Promise<void> {
    const { memory } = this.#host
    // One that was told late must not take back a newer one.
    const remember = async (key: string): Promise<void> => {
      const known = await memory.get(key)
      if (known === undefined || known < before) await memory.put(key, before)
    }
    await Promise.all([...members.map(memberKey), ...sessions.map(sessionKey)].map(remember))
    // A room in which nobody is must forget it, too.
    await this.#host.checkLater()
  }

  #showOut(isMeant: (claims: TicketClaims) => boolean, code: number): void {
    // Closing takes a socket out of the list that is being walked, so the list is taken first.
    const meant = Array.from(this.#host.sockets()).filter(({ claims }) => claims && isMeant(claims))
    for (const socket of meant) dismiss(socket, code)
    if (meant.length > 0) this.#tellPresence()
  }

  #sessionsHere(): { channelId: string; sessions: SessionHere[] } | null {
    const sessions = new Map<string, SessionHere>()
    let channelId = ''
    for (const { claims } of this.#host.sockets()) {
      if (!claims) continue
      channelId = claims.channel
      sessions.set(claims.session, { id: claims.session, platform: claims.platform })
    }
    return sessions.size === 0 ? null : { channelId, sessions: [...sessions.values()] }
  }

  #seconds(): number {
    return Math.floor(this.#host.now() / 1000)
  }

  /** Gives back to how many. */
  #fanOut(text: string, to: (socket: RoomSocket) => boolean = () => true): number {
    let told = 0
    for (const socket of this.#host.sockets()) {
      if (!to(socket)) continue
      send(socket, text)
      told += 1
    }
    return told
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

const REASONS: Readonly<Record<number, string>> = {
  [CLOSE_CODES.TICKET_INVALID]: 'ticket invalid',
  [CLOSE_CODES.ACCESS_LOST]: 'access lost',
  [CLOSE_CODES.REPLACED]: 'replaced',
  [CLOSE_CODES.TOO_FAST]: 'too fast',
  [CLOSE_CODES.TOO_BIG]: 'frame too big',
  [CLOSE_CODES.FULL]: 'full',
}

function dismiss(socket: RoomSocket, code: number): void {
  send(socket, encodeFrame({ type: 'bye', code }))
  close(socket, code, REASONS[code] ?? '')
}

/** Closes a socket, whatever has become of it meanwhile. */
export function close(socket: RoomSocket, code: number, reason: string): void {
  try {
    socket.close(code, reason)
  } catch {
    // It is closed already, which is what was wanted.
  }
}
