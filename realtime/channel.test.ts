import { describe, expect, test } from 'vitest'
import {
  CLIENT_FRAMES_PER_SECOND,
  CLOSE_CODES,
  PUBLISH_MAX_BYTES,
  RIGHTS_AT_ONCE,
  SOCKETS_PER_CHANNEL,
  SOCKETS_PER_MEMBER,
  SOCKETS_PER_WINDOW_MS,
  TICKET_SECONDS,
  type Kick,
  type SessionHere,
  type TicketClaims,
} from '#domain/community/chat-frames.ts'
import { ChannelRoom, type RoomHost, type RoomSocket } from './channel.ts'

/** The room's own interface, held in memory: time stands still until it is moved. */
class Sockets implements RoomHost {
  readonly lines: Line[] = []
  readonly facts = new Map<string, number>()
  time = 1_800_000_000_000
  /** How often the room asked to be woken, what it asked the API, and what the API says: null is silence. */
  checksAsked = 0
  readonly asked: { channelId: string; sessions: readonly SessionHere[] }[] = []
  lost: readonly string[] | null = []
  #due: { at: number; work: () => void }[] = []
  readonly memory = {
    get: async (key: string) => this.facts.get(key),
    put: async (key: string, value: number) => void this.facts.set(key, value),
    forgetBelow: async (prefix: string, value: number) => {
      for (const [key, at] of this.facts) if (key.startsWith(prefix) && at < value) this.facts.delete(key)
    },
  }
  now = () => this.time
  sockets = () => this.lines.filter((line) => line.closedWith === null)
  checkLater = async () => void (this.checksAsked += 1)
  lostRights = async (channelId: string, sessions: readonly SessionHere[]) => {
    this.asked.push({ channelId, sessions })
    return this.lost
  }
  after = (ms: number, work: () => void) => void this.#due.push({ at: this.time + ms, work })

  pass(ms: number): void {
    this.time += ms
    const ready = this.#due.filter(({ at }) => at <= this.time)
    this.#due = this.#due.filter(({ at }) => at > this.time)
    for (const { work } of ready) work()
  }

  get seconds(): number {
    return Math.floor(this.time / 1000)
  }

  line(memberId: string, { silent = false, session = `s-${memberId}`, jti = `t${this.lines.length}` } = {}): Line {
    const times = { iat: this.seconds, exp: this.seconds + TICKET_SECONDS, jti }
    const line = new Line(`c${this.lines.length}`, {
      sub: memberId,
      channel: '1',
      session,
      platform: 'STAM',
      name: memberId,
      silent,
      ...times,
    })
    this.lines.push(line)
    return line
  }
}

class Line implements RoomSocket {
  readonly id: string
  readonly claims: TicketClaims | null
  readonly heard: { type: string; online?: number; code?: number; events?: { seq: number }[] }[] = []
  closedWith: number | null = null
  isBroken = false
  constructor(id: string, claims: TicketClaims | null) {
    this.id = id
    this.claims = claims
  }
  send(text: string): void {
    if (this.isBroken) throw new Error('broken')
    this.heard.push(JSON.parse(text))
  }
  close(code: number): void {
    this.closedWith ??= code
  }
  get types(): string[] {
    return this.heard.map((frame) => frame.type)
  }
}

const kick = (before: number, whose: Partial<Pick<Kick, 'members' | 'sessions'>>): Kick => ({
  type: 'kick',
  members: [],
  sessions: [],
  before,
  code: CLOSE_CODES.ACCESS_LOST,
  ...whose,
})

async function roomWith(...members: string[]) {
  const stage = new Sockets()
  const room = new ChannelRoom(stage)
  const lines = members.map((member) => stage.line(member))
  for (const line of lines) await room.enter(line)
  stage.pass(0)
  for (const line of lines) line.heard.length = 0
  stage.pass(1000)
  return { stage, room, lines }
}

const typing = JSON.stringify({ type: 'typing' })
const event = { type: 'event', event: { seq: 1, kind: 'message' } } as const

describe('a room', () => {
  test('passes on what is published to everybody, a broken line notwithstanding', async () => {
    const { room, lines } = await roomWith('a', 'b', 'c')
    lines[1]!.isBroken = true
    await room.handle(event)
    expect(lines.map((line) => line.types)).toEqual([['events'], [], ['events']])
    expect(lines[1]!.closedWith).toBe(1011)
  })

  test('tells at once when it was quiet, and in one frame what comes while it pays for that', async () => {
    const { stage, room, lines } = await roomWith(...Array.from({ length: 3 * SOCKETS_PER_WINDOW_MS }, (_, n) => `m${n}`))
    const seqs = () => lines[0]!.heard.flatMap(({ events }) => (events ? [events.map(({ seq }) => seq)] : []))
    const say = (seq: number) => room.handle({ type: 'event', event: { seq, kind: 'message' } })
    await say(1)
    expect(seqs()).toEqual([[1]])
    for (const seq of [2, 3, 4]) await say(seq)
    stage.pass(2)
    expect(seqs()).toEqual([[1]])
    stage.pass(1)
    expect(seqs()).toEqual([[1], [2, 3, 4]])
    stage.pass(3)
    await say(5)
    expect(seqs()).toEqual([[1], [2, 3, 4], [5]])
  })

  test('lets no more wait than one frame may carry', async () => {
    const { room, lines } = await roomWith(...Array.from({ length: 3 * SOCKETS_PER_WINDOW_MS }, (_, n) => `m${n}`))
    const text = 'x'.repeat(PUBLISH_MAX_BYTES / 2)
    for (let seq = 1; seq <= 10; seq++) await room.handle({ type: 'event', event: { seq, kind: 'message', text } })
    expect(lines[0]!.heard.map(({ events }) => events?.length)).toEqual([1, 7])
  })

  test('counts people, not windows, leaves silent staff out, and tells at most once a second', async () => {
    const { stage, room, lines } = await roomWith('a')
    for (const line of [stage.line('a'), stage.line('b'), stage.line('boss', { silent: true })]) await room.enter(line)
    stage.pass(0)
    expect(lines[0]!.heard).toEqual([{ type: 'presence', online: 2 }])
    const b = stage.lines[2]!
    b.close(1000)
    room.leave(b)
    stage.pass(999)
    expect(lines[0]!.heard).toHaveLength(1)
    stage.pass(1)
    expect(lines[0]!.heard.at(-1)).toEqual({ type: 'presence', online: 1 })
  })

  test('tells typing to the others, not to one’s own windows and not more often than every two seconds', async () => {
    const { stage, room, lines } = await roomWith('a', 'a', 'b')
    room.onFrame(lines[0]!, typing)
    room.onFrame(lines[0]!, typing)
    expect(lines.map((line) => line.types)).toEqual([[], [], ['typing']])
    stage.pass(2000)
    room.onFrame(lines[0]!, typing)
    expect(lines[2]!.types).toEqual(['typing', 'typing'])
  })

  test('never passes on what a client made up', async () => {
    const { room, lines } = await roomWith('a', 'b')
    for (const raw of ['{', '"x"', '[]', JSON.stringify(event), JSON.stringify({ type: 'presence', online: 9 }), new ArrayBuffer(4)])
      room.onFrame(lines[0]!, raw)
    expect(lines.map((line) => [line.types, line.closedWith])).toEqual([
      [[], null],
      [[], null],
    ])
  })

  test('closes a line that says too much or too often', async () => {
    const { room, lines } = await roomWith('a', 'b')
    room.onFrame(lines[0]!, 'x'.repeat(257))
    for (let n = 0; n <= CLIENT_FRAMES_PER_SECOND; n++) room.onFrame(lines[1]!, typing)
    expect(lines.map((line) => line.closedWith)).toEqual([CLOSE_CODES.TOO_BIG, CLOSE_CODES.TOO_FAST])
    expect(lines[0]!.heard.at(-1)).toEqual({ type: 'bye', code: CLOSE_CODES.TOO_BIG })
  })

  test('shows a member out for good, and tickets from before open nothing any more', async () => {
    const { stage, room, lines } = await roomWith('a', 'b')
    const unused = stage.line('a')
    await room.handle(kick(stage.seconds, { members: ['a'] }))
    expect(lines.map((line) => line.closedWith)).toEqual([CLOSE_CODES.ACCESS_LOST, null])
    unused.closedWith = null
    await room.enter(unused)
    expect(unused.closedWith).toBe(CLOSE_CODES.ACCESS_LOST)
    stage.pass(2000)
    const readmitted = stage.line('a')
    await room.enter(readmitted)
    expect(readmitted.closedWith).toBeNull()
  })

  test('hears late of somebody who was let in again meanwhile, and leaves them there', async () => {
    const { stage, room } = await roomWith()
    const [before, readmitted] = [stage.line('a'), (stage.pass(5000), stage.line('a'))]
    await room.handle(kick(stage.seconds - 3, { members: ['a'] }))
    expect([before.closedWith, readmitted.closedWith]).toEqual([CLOSE_CODES.ACCESS_LOST, null])
  })

  test('shows sessions out and leaves the member’s others; forgets old ones', async () => {
    const { stage, room } = await roomWith()
    const [phone, desk] = [stage.line('a', { session: 'phone' }), stage.line('a', { session: 'desk' })]
    await room.handle(kick(stage.seconds, { sessions: ['phone'] }))
    expect([phone.closedWith, desk.closedWith]).toEqual([CLOSE_CODES.ACCESS_LOST, null])
    // Asked for by the kick itself, because nobody may come here again.
    expect(stage.checksAsked).toBeGreaterThan(0)
    stage.pass((2 * TICKET_SECONDS + 1) * 1000)
    await room.check()
    expect([...stage.facts.keys()]).toEqual([])
  })

  test('is told late of an older moment, and does not let in whom a newer one keeps out', async () => {
    const { stage, room } = await roomWith()
    const late = stage.seconds - 40
    await room.handle(kick(stage.seconds, { members: ['a'] }))
    await room.handle(kick(late, { members: ['a'] }))
    const coming = stage.line('a')
    await room.enter(coming)
    expect(coming.closedWith).toBe(CLOSE_CODES.ACCESS_LOST)
  })

  test('has itself asked again before anything that may go wrong', async () => {
    const { stage, room } = await roomWith('a')
    const before = stage.checksAsked
    stage.memory.forgetBelow = () => Promise.reject(new Error('disk'))
    await expect(room.check()).rejects.toThrow('disk')
    expect(stage.checksAsked).toBe(before + 1)
  })

  test('asks for another ticket where another session took the place, also of whoever comes with the old one', async () => {
    const { stage, room } = await roomWith()
    const [here, coming] = [stage.line('a', { session: 'old' }), stage.line('a', { session: 'old' })]
    coming.closedWith = 0
    await room.handle({ ...kick(stage.seconds, { sessions: ['old'] }), code: CLOSE_CODES.TICKET_INVALID })
    coming.closedWith = null
    await room.enter(coming)
    expect([here.closedWith, coming.closedWith]).toEqual([CLOSE_CODES.TICKET_INVALID, CLOSE_CODES.TICKET_INVALID])
  })

  test('takes a ticket once, in one moment and after it has slept, and forgets it when it is over', async () => {
    const { stage, room } = await roomWith()
    const twins = [stage.line('a', { jti: 'one' }), stage.line('a', { jti: 'one' })]
    await Promise.all(twins.map((twin) => room.enter(twin)))
    expect(twins.map((twin) => twin.closedWith)).toEqual([null, CLOSE_CODES.TICKET_INVALID])
    const awake = new ChannelRoom(stage)
    const later = stage.line('a', { jti: 'one' })
    await awake.enter(later)
    expect(later.closedWith).toBe(CLOSE_CODES.TICKET_INVALID)
    stage.pass((TICKET_SECONDS + 10) * 1000)
    await awake.check()
    expect([...stage.facts.keys()]).toEqual([])
  })

  test('keeps so many windows of one person: the oldest gives way to the newest', async () => {
    const { stage, room } = await roomWith('b')
    const windows: Line[] = []
    for (let n = 0; n <= SOCKETS_PER_MEMBER; n++) {
      stage.pass(1000)
      windows.push(stage.line('a'))
      await room.enter(windows[n]!)
    }
    const gone = windows.map((line) => line.closedWith)
    expect(gone).toEqual([CLOSE_CODES.REPLACED, ...Array<null>(SOCKETS_PER_MEMBER).fill(null)])
    expect(stage.lines[0]!.closedWith).toBeNull()
  })

  test('holds so many sockets, and sends away whoever comes after', async () => {
    const { stage, room } = await roomWith()
    for (let n = 0; n < SOCKETS_PER_CHANNEL; n++) stage.line(`m${n}`)
    const late = stage.line('late')
    await room.enter(late)
    expect(late.closedWith).toBe(CLOSE_CODES.FULL)
    stage.lines[0]!.close(1000)
    const next = stage.line('next')
    await room.enter(next)
    expect(next.closedWith).toBeNull()
    expect(stage.lines.slice(1, -2).every((line) => line.closedWith === null)).toBe(true)
  })

  test('asks again and again whether those here still may be, and closes who may not', async () => {
    const { stage, room, lines } = await roomWith('a', 'b')
    expect(stage.checksAsked).toBe(2)
    stage.lost = null
    await room.check()
    expect(lines.map((line) => line.closedWith)).toEqual([null, null])
    stage.lost = ['s-a']
    await room.check()
    expect(lines.map((line) => line.closedWith)).toEqual([CLOSE_CODES.TICKET_INVALID, null])
    expect(stage.checksAsked).toBe(4)
    expect(stage.asked[0]).toEqual({
      channelId: '1',
      sessions: [
        { id: 's-a', platform: 'STAM' },
        { id: 's-b', platform: 'STAM' },
      ],
    })
    lines[1]!.close(1000)
    await room.check()
    expect([stage.checksAsked, stage.asked.length]).toEqual([4, 2])
  })

  test('asks about a full house in bounded questions, each session once', async () => {
    const { stage, room } = await roomWith()
    for (let n = 0; n < 2 * RIGHTS_AT_ONCE + 1; n++) for (const _ of ['phone', 'desk']) stage.line(`m${n}`)
    stage.lost = [`s-m${2 * RIGHTS_AT_ONCE}`]
    await room.check()
    expect(stage.asked.map(({ sessions }) => sessions.length)).toEqual([RIGHTS_AT_ONCE, RIGHTS_AT_ONCE, 1])
    expect(stage.lines.filter((line) => line.closedWith !== null)).toHaveLength(2)
  })

  test('keeps nobody without claims', async () => {
    const { room } = await roomWith()
    const nobody = new Line('x', null)
    await room.enter(nobody)
    expect(nobody.closedWith).toBe(CLOSE_CODES.TICKET_INVALID)
  })
})
