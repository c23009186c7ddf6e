import { expect, test, vi } from 'vitest'
import type { ChannelEvent, Publication } from '#domain/community/chat-frames.ts'
import { boundRooms, type TellRoom } from './bound.ts'

const way = {
  secret: 'a-room-secret-of-at-least-32-characters',
  originFor: (platform: string) => `https://${platform === 'STAM' ? 'be-stam' : 'weokto'}.com`,
}
const message = { seq: 1, kind: 'message' } as ChannelEvent
const holder = { channelId: '12', memberId: 'm', sessionId: 's', displayName: null, isSilent: false }

test('what is said reaches the room of its channel, and a browser is sent to the site that it is on', async () => {
  const told: [string, Publication][] = []
  const rooms = boundRooms(async (...what) => void told.push(what), way)
  expect(await rooms.publish('12', message)).toBe(true)
  const before = new Date('2026-11-24T12:00:00.900Z')
  expect(await rooms.kick([{ channelId: '13', members: ['m'], sessions: [] }], { before, mayReturn: false })).toBe(true)
  expect(told).toEqual([
    ['12', { type: 'event', event: message }],
    ['13', { type: 'kick', members: ['m'], sessions: [], before: before.getTime() / 1000 - 0.9, code: 4403 }],
  ])
  const urls = await Promise.all((['STAM', 'WEOKTO'] as const).map((platform) => rooms.ticket({ ...holder, platform }, before)))
  expect(urls.map(({ url }) => url.slice(0, url.indexOf('=')))).toEqual([
    'wss://be-stam.com/parties/channel/12?ticket',
    'wss://weokto.com/parties/channel/12?ticket',
  ])
})

test('a room that fails or does not answer costs the time allowed and nothing more', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const fails: TellRoom = () => Promise.reject(new Error('Durable Object reset because its code was updated.'))
  expect(await boundRooms(fails, way).publish('12', message)).toBe(false)
  expect(log.mock.calls.join()).toMatch(/room_failed.*its code was updated/)
  vi.useFakeTimers()
  const answer = boundRooms(() => new Promise(() => undefined), way).publish('12', message)
  await vi.advanceTimersByTimeAsync(1_500)
  vi.useRealTimers()
  expect(await answer).toBe(false)
})
