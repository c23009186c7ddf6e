import { describe, expect, test } from 'vitest'
import { CLIENT_FRAMES_PER_SECOND, CLOSE_CODES, type TicketClaims } from '#domain/chat-frames.ts'
import { ChannelRoom, type RoomHost, type RoomSocket } from './channel.ts'

/** The room's own interface, held in memory: time stands still until it is moved. */
class Stage implements RoomHost {
  readonly lines: Line[] = []
  readonly facts = new Map<string, number>()
  time = 1_800_000_000_000
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
  after = (ms: number, work: () => void) => void this.#due.push({ at: this.time + ms, work })

  pass(ms: number): void {
    this.time += ms
    const ready = this.#due.filter(({ at }) => at <= this.time)
    this.#due = this.#due.filter(({ at }) => at > this.time)
    for (const { work } of ready) work()
  }

  line(memberId: string, { silent = false, session = `s-${memberId}` } = {}): Line {
    const iat = Math.floor(this.time / 1000)
    const line = new Line(`c${this.lines.length}`, { sub: memberId, channel: '1', session, platform: 'STAM', name: memberId, silent, iat })
    this.lines.push(line)
    return line
  }
}

class Line implements RoomSocket {
  readonly id: string
  readonly claims: TicketClaims | null
  readonly heard: { type: string; online?: number; code?: number }[] = []
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

async function roomWith(...members: string[]) {
  const stage = new Stage()
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
    await room.obey(event, 0)
    expect(lines.map((line) => line.types)).toEqual([['event'], [], ['event']])
    expect(lines[1]!.closedWith).toBe(1011)
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
    room.hear(lines[0]!, typing)
    room.hear(lines[0]!, typing)
    expect(lines.map((line) => line.types)).toEqual([[], [], ['typing']])
    stage.pass(2000)
    room.hear(lines[0]!, typing)
    expect(lines[2]!.types).toEqual(['typing', 'typing'])
  })

  test('never passes on what a client made up', async () => {
    const { room, lines } = await roomWith('a', 'b')
    for (const raw of ['{', '"x"', '[]', JSON.stringify(event), JSON.stringify({ type: 'presence', online: 9 }), new ArrayBuffer(4)])
      room.hear(lines[0]!, raw)
    expect(lines.map((line) => [line.types, line.closedWith])).toEqual([
      [[], null],
      [[], null],
    ])
  })

  test('closes a line that says too much or too often', async () => {
    const { room, lines } = await roomWith('a', 'b')
    room.hear(lines[0]!, 'x'.repeat(257))
    for (let n = 0; n <= CLIENT_FRAMES_PER_SECOND; n++) room.hear(lines[1]!, typing)
    expect(lines.map((line) => line.closedWith)).toEqual([CLOSE_CODES.TOO_BIG, CLOSE_CODES.TOO_FAST])
    expect(lines[0]!.heard.at(-1)).toEqual({ type: 'bye', code: CLOSE_CODES.TOO_BIG })
  })

  test('shows a member out for good, and tickets from before open nothing any more', async () => {
    const { stage, room, lines } = await roomWith('a', 'b')
    const unused = stage.line('a')
    await room.obey({ type: 'kick', memberId: 'a' }, Math.floor(stage.time / 1000))
    expect(lines.map((line) => line.closedWith)).toEqual([CLOSE_CODES.ACCESS_LOST, null])
    unused.closedWith = null
    await room.enter(unused)
    expect(unused.closedWith).toBe(CLOSE_CODES.ACCESS_LOST)
    stage.pass(2000)
    const readmitted = stage.line('a')
    await room.enter(readmitted)
    expect(readmitted.closedWith).toBeNull()
  })

  test('shows one session out and leaves the member’s others; forgets old ones', async () => {
    const { stage, room } = await roomWith()
    const [phone, desk] = [stage.line('a', { session: 'phone' }), stage.line('a', { session: 'desk' })]
    await room.obey({ type: 'kick', sessionId: 'phone' }, 1_800_000_000)
    expect([phone.closedWith, desk.closedWith]).toEqual([CLOSE_CODES.ACCESS_LOST, null])
    await room.obey({ type: 'kick', memberId: 'z' }, 1_800_000_121)
    expect([...stage.facts.keys()]).toEqual(['kick:member:z'])
  })

  test('keeps nobody without claims', async () => {
    const { room } = await roomWith()
    const nobody = new Line('x', null)
    await room.enter(nobody)
    expect(nobody.closedWith).toBe(CLOSE_CODES.TICKET_INVALID)
  })
})
