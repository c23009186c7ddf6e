import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { createTestHarness, type TestHarness } from 'wrangler'
import { httpRooms } from '#api/adapters/rooms/over-http.ts'
import { mintPublisher } from '#api/adapters/rooms/tokens.ts'
import { QUIET_WRANGLER } from '#dev/environment/api.ts'
import { ROOT } from '#dev/environment/root.ts'

const ROOM_SECRET = 'a-room-secret-of-at-least-32-characters'
const holder = { channelId: '12', memberId: 'a', sessionId: 's', platform: 'STAM', displayName: 'Ana', isSilent: false } as const

let harness: TestHarness
afterEach(() => harness.close())

/** Rooms on PartyServer that cannot store what they must, from this moment of theirs on. */
async function startBrokenRooms(FAILS_AT: 'start' | 'enter'): Promise<string> {
  Object.assign(process.env, QUIET_WRANGLER)
  const config = {
    name: 'broken-rooms',
    main: 'dev/testing/workers/broken-rooms.ts',
    compatibility_date: '2026-10-01',
    durable_objects: { bindings: [{ name: 'Channel', class_name: 'Channel' }] },
    migrations: [{ tag: 'v1', new_sqlite_classes: ['Channel'] }],
    vars: { ROOM_SECRET, FAILS_AT },
  }
  harness = createTestHarness({ root: ROOT, workers: [{ config }] })
  return (await harness.listen()).url.origin
}

/** Everything that a client with a good ticket learns within a moment. */
async function whatIsHeardAt(origin: string): Promise<string> {
  const heard: string[] = []
  const socket = new WebSocket((await httpRooms({ origin, secret: ROOM_SECRET }).ticket(holder, new Date())).url)
  socket.addEventListener('message', ({ data }) => heard.push(String(data)))
  for (const type of ['open', 'close', 'error']) socket.addEventListener(type, () => heard.push(type))
  for (let tries = 0; tries < 100 && heard.length < 2; tries++) await sleep(20)
  return heard.join('\n')
}

test.each(['start', 'enter'] as const)('a room that fails at its %s says nothing of why to those outside', async (moment) => {
  const origin = await startBrokenRooms(moment)
  const lines = () => harness.getLogs().map(({ message }) => message)
  const heard = await whatIsHeardAt(origin)
  expect(heard).not.toMatch(/disk|stack|\bat\b/)
  // The room was reached, and failed where it was to fail.
  expect(heard).toMatch(moment === 'enter' ? /^open\b/ : /^(?!.*open)/s)
  await expect.poll(lines).toContainEqual(expect.stringMatching(new RegExp(`"what":"room: ${moment}".*disk of this room is gone`)))
  const kick = { type: 'kick', members: ['a'], sessions: [], before: 1, code: 4403 }
  const answer = await fetch(`${origin}/parties/channel/12`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await mintPublisher('12', ROOM_SECRET, new Date())}` },
    body: JSON.stringify(kick),
  })
  expect([answer.status, await answer.text()]).toEqual([503, 'unavailable'])
  await expect.poll(lines).toContainEqual(expect.stringMatching(/"what":"room: .*disk of this room is gone/))
})
