import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CLOSE_CODES, SOCKETS_PER_MEMBER, type ChannelEvent, type ServerFrame } from '#domain/community/chat-frames.ts'
import { httpRooms } from '#api/adapters/rooms/over-http.ts'
import { mintPublisher, mintTicket } from '#api/adapters/rooms/tokens.ts'
import { ROOM_HOSTS, startTestRooms, type TestRooms } from '#dev/testing/rooms.ts'

let parts: TestRooms

let nextChannel = 100
const newChannel = (): string => String(nextChannel++)
const rooms = () => httpRooms({ origin: parts.origin, secret: parts.secret })

const holder = (channelId: string, memberId: string) => ({
  channelId,
  memberId,
  sessionId: `s-${memberId}`,
  platform: 'STAM' as const,
  displayName: memberId,
  isSilent: false,
})

const event = (channelId: string, seq: number, content = `text ${seq}`): ChannelEvent => ({
  seq,
  kind: 'message',
  message: {
    id: String(seq),
    channelId,
    seq,
    clientId: `client-${seq}`,
    content,
    createdAt: '2026-11-22T12:00:00.000Z',
    editedAt: null,
    deletedAt: null,
    replyTo: null,
    author: { memberId: 'a', displayName: 'Ana', avatarUrl: null, role: 'MEMBER' },
  },
})

class Reader {
  readonly frames: ServerFrame[] = []
  readonly closed: Promise<number>
  readonly opened: Promise<boolean>
  readonly socket: WebSocket
  constructor(url: string, headers: Record<string, string> = {}) {
    // Node's own takes headers too, which a page's cannot.
    this.socket = Reflect.construct(WebSocket, [url, { headers }])
    this.socket.addEventListener('message', ({ data }) => this.frames.push(JSON.parse(String(data))))
    this.closed = new Promise((resolve) => this.socket.addEventListener('close', ({ code }) => resolve(code)))
    this.opened = new Promise((resolve) => {
      this.socket.addEventListener('open', () => resolve(true))
      this.socket.addEventListener('close', () => resolve(false))
    })
  }
  seqs(): number[] {
    return this.frames.flatMap((frame) => (frame.type === 'events' ? frame.events.map(({ seq }) => seq) : []))
  }
}

/**
 * Reads the room's close frame from the wire: locally, the runtime leaves ten seconds between that frame and the end of
 * the connection, and Node's WebSocket reports a close only at the end.
 */
function closeCodeOnTheWire(address: string, reason = 'access lost'): { opened: Promise<void>; code: Promise<number> } {
  const url = new URL(address)
  const line = connect(Number(url.port), url.hostname)
  const lines = [
    `GET ${url.pathname}${url.search} HTTP/1.1`,
    `Host: ${url.host}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version: 13',
  ]
  line.write(`${lines.join('\r\n')}\r\n\r\n`)
  let received = Buffer.alloc(0)
  const opened = Promise.withResolvers<void>()
  const code = Promise.withResolvers<number>()
  line.on('data', (chunk) => {
    received = Buffer.concat([received, chunk])
    if (received.includes('"presence"')) opened.resolve()
    const at = received.indexOf(reason)
    if (at < 2) return
    code.resolve(received.readUInt16BE(at - 2))
    line.destroy()
  })
  return { opened: opened.promise, code: code.promise }
}

async function join(channelId: string, memberId: string): Promise<Reader> {
  const { url } = await rooms().ticket(holder(channelId, memberId), new Date())
  const reader = new Reader(url)
  expect(await reader.opened).toBe(true)
  return reader
}

const until = async (isDone: () => boolean, withinMs = 20_000): Promise<void> => {
  const deadline = Date.now() + withinMs
  while (!isDone() && Date.now() < deadline) await sleep(10)
}

const enter = async (channelId: string, ticket: string): Promise<boolean> =>
  new Reader(`${parts.origin.replace('http', 'ws')}/parties/channel/${channelId}${ticket}`).opened

describe.each(ROOM_HOSTS)('a room on %s', (on) => {
  beforeAll(async () => {
    parts = await startTestRooms(on)
  })
  afterAll(() => parts.close())

  test('delivers what the API publishes to every reader of that channel and of no other', async () => {
    const channelId = newChannel()
    const [ana, bo, elsewhere] = [await join(channelId, 'ana'), await join(channelId, 'bo'), await join(newChannel(), 'cy')]
    for (const seq of [1, 2, 3]) expect(await rooms().publish(channelId, event(channelId, seq))).toBe(true)
    await until(() => ana.seqs().length + bo.seqs().length === 6)
    expect([ana.seqs(), bo.seqs(), elsewhere.seqs()]).toEqual([[1, 2, 3], [1, 2, 3], []])
    expect(ana.frames.flatMap((frame) => (frame.type === 'events' ? frame.events : []))[0]).toEqual(event(channelId, 1))
  })

  test('carries the longest message there can be', async () => {
    const channelId = newChannel()
    const ana = await join(channelId, 'ana')
    expect(await rooms().publish(channelId, event(channelId, 1, '\u{1F600}'.repeat(2000)))).toBe(true)
    await until(() => ana.seqs().length === 1)
    expect(ana.seqs()).toEqual([1])
  })

  test('opens for nobody without a ticket for this channel that is still good', async () => {
    const channelId = newChannel()
    const good = await mintTicket(holder(channelId, 'ana'), parts.secret, new Date())
    const bad = {
      none: '',
      empty: '?ticket=',
      tampered: `?ticket=${good.slice(0, -3)}AAA`,
      forged: `?ticket=${await mintTicket(holder(channelId, 'ana'), `${parts.secret}x`, new Date())}`,
      expired: `?ticket=${await mintTicket(holder(channelId, 'ana'), parts.secret, new Date(Date.now() - 70_000))}`,
      foreign: `?ticket=${await mintTicket(holder(newChannel(), 'ana'), parts.secret, new Date())}`,
      publisher: `?ticket=${await mintPublisher(channelId, parts.secret, new Date())}`,
    }
    for (const [name, query] of Object.entries(bad)) expect([name, await enter(channelId, query)]).toEqual([name, false])
    expect(await enter(channelId, `?ticket=${good}`)).toBe(true)
  })

  test('takes instructions from the API only', async () => {
    const channelId = newChannel()
    const ana = await join(channelId, 'ana')
    const url = `${parts.origin}/parties/channel/${channelId}`
    const say = async (token: string | null, body: string): Promise<number> => {
      const headers = { 'x-room-claims': '1', ...(token ? { authorization: `Bearer ${token}` } : {}) }
      return (await fetch(url, { method: 'POST', headers, body })).status
    }
    const body = JSON.stringify({ type: 'event', event: event(channelId, 1) })
    const now = new Date()
    const publisher = await mintPublisher(channelId, parts.secret, now)
    expect(await say(null, body)).toBe(401)
    expect(await say(await mintTicket(holder(channelId, 'ana'), parts.secret, now), body)).toBe(401)
    expect(await say(await mintPublisher(newChannel(), parts.secret, now), body)).toBe(401)
    expect(await say(await mintPublisher(channelId, parts.secret, new Date(Date.now() - 60_000)), body)).toBe(401)
    for (const broken of [
      '',
      '{',
      '[]',
      '{"type":"presence"}',
      JSON.stringify({ type: 'event', event: { seq: 0, kind: 'message' } }),
      'x'.repeat(70_000),
    ]) {
      expect(await say(publisher, broken)).toBe(400)
    }
    expect((await fetch(url)).status).toBe(405)
    expect(ana.seqs()).toEqual([])
    expect(await say(publisher, body)).toBe(204)
  })

  test('knows a client by its ticket alone, whatever else comes with the request', async () => {
    const channelId = newChannel()
    const ana = await join(channelId, 'ana')
    const claims = {
      sub: 'boss',
      channel: channelId,
      session: 's',
      platform: 'STAM',
      name: 'The boss',
      silent: false,
      iat: 1,
      exp: 2,
      jti: 'j',
    }
    const headers = {
      'x-room-claims': encodeURIComponent(JSON.stringify(claims)),
      'x-partykit-props': 'no base64, no JSON',
      'x-partykit-room': newChannel(),
    }
    const { url } = await rooms().ticket(holder(channelId, 'bo'), new Date())
    const bo = new Reader(url, headers)
    expect(await bo.opened).toBe(true)
    bo.socket.send(JSON.stringify({ type: 'typing' }))
    await until(() => ana.frames.some((frame) => frame.type === 'typing'))
    expect(ana.frames).toContainEqual({ type: 'typing', memberId: 'bo', displayName: 'bo' })
    expect(JSON.stringify(bo.frames)).not.toContain('error')
  })

  // PartyKit's local runtime puts no room to sleep on demand: this is a promise of the rooms that are deployed.
  if (on === 'PartyServer')
    test('wakes up for what the API says, and still knows who is in it', async () => {
      const sleepNow = async (id: string) => {
        if (!parts.sleep) throw new Error('These rooms are not put to sleep.')
        await parts.sleep(id)
      }
      const channelId = newChannel()
      const [ana, bo] = [await join(channelId, 'ana'), await join(channelId, 'bo')]
      await sleepNow(channelId)
      expect(await rooms().publish(channelId, event(channelId, 1))).toBe(true)
      await until(() => ana.seqs().length + bo.seqs().length === 2)
      await sleepNow(channelId)
      bo.socket.send(JSON.stringify({ type: 'typing' }))
      await until(() => ana.frames.some((frame) => frame.type === 'typing'))
      await sleepNow(channelId)
      expect(await rooms().kick([{ channelId, members: ['bo'], sessions: [] }], { before: new Date(), mayReturn: false })).toBe(true)
      await until(() => bo.frames.at(-1)?.type === 'bye')
      expect([ana.seqs(), bo.seqs(), bo.frames.at(-1)]).toEqual([[1], [1], { type: 'bye', code: CLOSE_CODES.ACCESS_LOST }])
      expect(ana.frames).toContainEqual({ type: 'typing', memberId: 'bo', displayName: 'bo' })
    })

  test('shows a member out with a code of its own, and their unused ticket with them', async () => {
    const channelId = newChannel()
    const [ana, bo] = [await join(channelId, 'ana'), await join(channelId, 'bo')]
    const unused = await rooms().ticket(holder(channelId, 'ana'), new Date())
    const closing = closeCodeOnTheWire((await rooms().ticket(holder(channelId, 'ana'), new Date())).url)
    await closing.opened
    expect(await rooms().kick([{ channelId, members: ['ana'], sessions: [] }], { before: new Date(), mayReturn: false })).toBe(true)
    expect(await closing.code).toBe(CLOSE_CODES.ACCESS_LOST)
    expect(await closeCodeOnTheWire(unused.url).code).toBe(CLOSE_CODES.ACCESS_LOST)
    await until(() => ana.frames.at(-1)?.type === 'bye')
    expect(ana.frames.at(-1)).toEqual({ type: 'bye', code: CLOSE_CODES.ACCESS_LOST })
    await rooms().publish(channelId, event(channelId, 1))
    await until(() => bo.seqs().length === 1)
    expect([ana.seqs(), bo.seqs()]).toEqual([[], [1]])
  })

  test('tells who types and how many are here, whatever name a client gives its connection', async () => {
    const channelId = newChannel()
    const ana = await join(channelId, 'ana')
    const tickets = [await rooms().ticket(holder(channelId, 'bo'), new Date()), await rooms().ticket(holder(channelId, 'bo'), new Date())]
    const twins = tickets.map(({ url }) => new Reader(`${url}&_pk=twin`))
    expect(await Promise.all(twins.map((twin) => twin.opened))).toEqual([true, true])
    twins[0]!.socket.send(JSON.stringify({ type: 'typing' }))
    const online = () => ana.frames.findLast((frame) => frame.type === 'presence')
    await until(() => ana.frames.some((frame) => frame.type === 'typing') && JSON.stringify(online()).includes('2'))
    expect(ana.frames).toContainEqual({ type: 'typing', memberId: 'bo', displayName: 'bo' })
    expect(online()).toEqual({ type: 'presence', online: 2 })
    for (const twin of twins) twin.socket.close()
    expect(await Promise.all(twins.map((twin) => twin.closed))).toEqual([1000, 1000])
    await until(() => JSON.stringify(online()).includes('1'))
    expect(online()).toEqual({ type: 'presence', online: 1 })
  })

  test('a ticket serves once, also when the room was restarted meanwhile', async () => {
    const channelId = newChannel()
    const { url } = await rooms().ticket(holder(channelId, 'ana'), new Date())
    const first = new Reader(url)
    await until(() => first.frames.some((frame) => frame.type === 'presence'))
    expect(await closeCodeOnTheWire(url, 'ticket invalid').code).toBe(CLOSE_CODES.TICKET_INVALID)
    expect(first.frames.some((frame) => frame.type === 'bye')).toBe(false)
    await parts.restart(channelId)
    expect(await closeCodeOnTheWire(url, 'ticket invalid').code).toBe(CLOSE_CODES.TICKET_INVALID)
    const next = await join(channelId, 'ana')
    await until(() => next.frames.some((frame) => frame.type === 'presence'))
    expect(next.frames.some((frame) => frame.type === 'bye')).toBe(false)
  })

  test('a ninth window takes the place of the oldest, which is told so', async () => {
    const channelId = newChannel()
    const windows: Reader[] = []
    for (let n = 0; n <= SOCKETS_PER_MEMBER; n++) {
      // A ticket's age is told in seconds: the first is the oldest by more than that.
      const made = new Date(Date.now() - (SOCKETS_PER_MEMBER - n) * 2000)
      const window = new Reader((await rooms().ticket(holder(channelId, 'ana'), made)).url)
      expect(await window.opened).toBe(true)
      windows.push(window)
    }
    await until(() => windows[0]?.frames.at(-1)?.type === 'bye')
    const byes = windows.map(({ frames }) => frames.find((frame) => frame.type === 'bye')?.code ?? null)
    expect(byes).toEqual([CLOSE_CODES.REPLACED, ...Array<null>(SOCKETS_PER_MEMBER).fill(null)])
  })

  test('a room that does not answer is told, not thrown', async () => {
    const nowhere = httpRooms({ origin: 'http://127.0.0.1:9', secret: parts.secret })
    expect(await nowhere.publish('1', event('1', 1))).toBe(false)
    const silent = httpRooms({
      origin: parts.origin,
      secret: parts.secret,
      fetch: (_url, { signal }) => new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('aborted')))),
    })
    const began = Date.now()
    expect(await silent.publish('1', event('1', 1))).toBe(false)
    expect(Date.now() - began).toBeLessThan(5000)
  })
})
