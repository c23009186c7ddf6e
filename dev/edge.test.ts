import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { startEdge, type WorkerEdge } from './edge.ts'
import { Person, request } from './http-client.ts'

let t: TestDatabase
let edge: WorkerEdge
beforeAll(async () => {
  t = await testDatabase()
  edge = await startEdge(t)
})
afterAll(async () => {
  await edge.stop()
  await t.close()
})

test('the Worker tells its two sites apart by host and refuses a stranger', async () => {
  const statuses = await Promise.all(
    [edge.weokto, edge.stam, edge.weokto.replace('weokto.', 'other.')].map(async (origin) => (await request(`${origin}/api/me`)).status),
  )
  expect(statuses).toEqual([200, 200, 421])
})

test('a person sends their own Origin, and a foreign one is refused', async () => {
  const person = new Person(edge.weokto)
  expect((await person.post('/api/sign-out', {})).status).toBeLessThan(300)
  expect((await person.post('/api/sign-out', {}, { headers: { origin: edge.stam } })).status).toBe(403)
})

test('a schedule runs at the time it is given and leaves its heartbeat', async () => {
  const time = new Date('2031-05-06T07:10:00Z')
  await edge.fire('*/5 * * * *', time)
  const beats = await t.admin<{ scheduledFor: Date; ok: boolean }>(`SELECT "scheduledFor"::timestamptz, ok FROM heartbeats`)
  expect(beats.length).toBeGreaterThan(0)
  expect(beats.every((beat) => beat.ok && beat.scheduledFor.getTime() === time.getTime())).toBe(true)
})
