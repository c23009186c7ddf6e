import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { USER_AGENT } from '#domain/base/user-agent.ts'
import { askRights } from './rights.ts'

const ROOM_SECRET = 'a-room-secret-of-at-least-32-characters'
const SESSIONS = [{ platform: 'STAM' as const, id: 's1' }]

const servers: Server[] = []
afterEach(() => Promise.all(servers.splice(0).map((server) => new Promise((closed) => server.close(closed)))))

/** Where an API stands that gives every room this answer. */
async function api(listener: RequestListener): Promise<Record<string, string>> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening))
  return { API_ORIGIN: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, ROOM_SECRET }
}

const said = () => vi.spyOn(console, 'error').mockImplementation(() => undefined)

test('whom the API names is who lost the right', async () => {
  let asked: Record<string, string | undefined> | undefined
  const env = await api((request, response) => {
    asked = { url: request.url, authorization: request.headers.authorization, name: request.headers['user-agent'] }
    response.end(JSON.stringify({ lost: ['s1'] }))
  })
  expect(await askRights(env, '12', SESSIONS)).toEqual(['s1'])
  expect(asked).toEqual({ url: '/webhooks/rooms/12/rights', authorization: expect.stringMatching(/^Bearer ey/), name: USER_AGENT })
})

test.each<[string, RequestListener, RegExp]>([
  ['an error', (_, response) => void response.writeHead(500).end('{}'), /answered 500/],
  ['no JSON', (_, response) => void response.end('<html>'), /no JSON/],
  ['other words', (_, response) => void response.end('{"gone":[]}'), /answered 200/],
  ['too much', (_, response) => void response.end('x'.repeat(600_000)), /more than 524288 bytes/],
  ['a redirect', (_, response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(), /answered/],
  ['nothing', (request) => void request.socket.destroy(), /no connection/],
])('%s shows nobody out', async (_, listener, why) => {
  const log = said()
  expect(await askRights(await api(listener), '12', SESSIONS)).toBeNull()
  expect(log.mock.calls.join()).toMatch(why)
})

test('a room that was not told where the API stands shows nobody out', async () => {
  said()
  expect(await askRights({ ROOM_SECRET }, '12', SESSIONS)).toBeNull()
  expect(await askRights({ API_ORIGIN: 'http://127.0.0.1:1' }, '12', SESSIONS)).toBeNull()
})
