import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#db/id.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import type { ChannelEvent, ServerFrame } from '#domain/community/chat-frames.ts'
import { applyEvent, applyEvents, emptyTimeline, gapOf } from '#domain/community/chat-order.ts'
import { openTicket } from '#api/community/channel/open-ticket.ts'
import { ChatWorld, type Person } from '#api/community/testing.ts'
import type { Ctx } from '#api/context.ts'
import { closeSockets } from '#api/identity/session/close-sockets.ts'
import { drainSoon } from '#api/outbox/drain-once.ts'
import { ROOM_HOSTS, startTestRooms, type TestRooms } from '#dev/testing/rooms.ts'
import { listEvents } from './list-events.ts'
import { postMessage } from './post-message.ts'

let database: TestDatabase
let parts: TestRooms
let world: ChatWorld
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

class Line {
  readonly events: ChannelEvent[] = []
  readonly socket: WebSocket
  bye = 0
  constructor(url: string) {
    this.socket = new WebSocket(url)
    this.socket.addEventListener('message', ({ data }) => {
      const frame: ServerFrame = JSON.parse(String(data))
      if (frame.type === 'events') this.events.push(...frame.events)
      if (frame.type === 'bye') this.bye = frame.code
    })
  }
}

async function listen(person: Pick<Person, 'ctx'>, channelId: string): Promise<Line> {
  const line = new Line((await openTicket(person.ctx, { channelId })).url)
  await new Promise((resolve, reject) => {
    line.socket.addEventListener('open', resolve)
    line.socket.addEventListener('close', ({ code }) => reject(new Error(`The room closed with ${code}.`)))
  })
  return line
}

const say = (ctx: Ctx, channelId: string, content = 'Bonjour') => postMessage(ctx, { channelId, content, clientId: newId() })

const until = async (isDone: () => boolean): Promise<void> => {
  for (let n = 0; n < 2_000 && !isDone(); n++) await sleep(10)
}

describe.each(ROOM_HOSTS)('from the API to the readers, through rooms on %s', (on) => {
  beforeAll(async () => {
    parts = await startTestRooms(on)
    world = new ChatWorld(database, parts)
  })
  afterAll(() => parts.close())

  test('two readers get every message as the API gave it, 50 written at once', async () => {
    const communityId = await world.community()
    const channelId = await world.channel(communityId)
    const [ana, bo] = [await world.member(communityId), await world.member(communityId)]
    const lines = [await listen(ana, channelId), await listen(bo, channelId)]
    const posted = await Promise.all(Array.from({ length: 50 }, (_, n) => say(n % 2 ? ana.ctx : bo.ctx, channelId, `Message ${n}`)))
    await until(() => lines.every((line) => line.events.length === 50))
    const inOrder = posted.toSorted((a, b) => a.seq - b.seq)
    for (const line of lines) expect(applyEvents(emptyTimeline(null), line.events).messages).toEqual(inOrder)
  })

  test('who was away finds the hole and asks for what is in it', async () => {
    const communityId = await world.community()
    const channelId = await world.channel(communityId)
    const [ana, bo] = [await world.member(communityId), await world.member(communityId)]
    let state = applyEvent(emptyTimeline(bo.memberId), { seq: 1, kind: 'message', message: await say(ana.ctx, channelId) })
    for (let n = 0; n < 3; n++) await say(ana.ctx, channelId)
    const line = await listen(bo, channelId)
    await say(ana.ctx, channelId, 'Le cinquième')
    await until(() => line.events.length === 1)
    state = applyEvents(state, line.events)
    expect(gapOf(state)).toEqual({ after: 1, before: 5 })
    state = applyEvents(state, (await listEvents(bo.ctx, { channelId, after: 1 })).events)
    expect([state.messages.map((message) => message.seq), gapOf(state)]).toEqual([[1, 2, 3, 4, 5], null])
  })

  test('a member who loses access is shown out of every channel of their community, and nobody else', async () => {
    const communityId = await world.community()
    const channelIds = [await world.channel(communityId), await world.channel(communityId)]
    const [ana, bo] = [await world.member(communityId), await world.member(communityId)]
    const here = await Promise.all(channelIds.map((channelId) => listen(ana, channelId)))
    const other = await listen(bo, channelIds[0] ?? '')
    await ana.ctx.db.batch([closeSockets(ana.ctx, { memberId: ana.memberId })])
    drainSoon(ana.ctx)
    await until(() => here.every((line) => line.bye === 4403))
    expect([...here, other].map((line) => line.bye)).toEqual([4403, 4403, 0])
  })

  test('an account that loses access is shown out of every community, also where it only looked on', async () => {
    const [own, foreign] = [await world.community('WEOKTO'), await world.community('STAM')]
    const channelIds = [await world.channel(own), await world.channel(foreign)]
    const boss = await world.member(own, { platform: 'WEOKTO', userType: 'ADMIN' })
    const lines = await Promise.all(channelIds.map((channelId) => listen(boss, channelId)))
    await boss.ctx.db.batch([closeSockets(boss.ctx, { platform: 'WEOKTO', userId: boss.userId })])
    drainSoon(boss.ctx)
    await until(() => lines.every((line) => line.bye === 4403))
    expect(lines.map((line) => line.bye)).toEqual([4403, 4403])
  })
})
