import { afterAll, beforeAll, expect, test } from 'vitest'
import { weoktoSessions } from '#db/schema/all.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { makePerson } from '#dev/testing/people.ts'
import { testContext, testServices } from '#dev/testing/services.ts'
import { newSession, visitorHash } from './new-session.ts'
import { isStale, touchSession } from './touch-session.ts'

let t: TestDatabase

beforeAll(async () => {
  t = await testDatabase()
})
afterAll(() => t.close())

test('a session that goes on carries the mark of its day, so that an own purchase is known by it', async () => {
  const services = testServices(t)
  const person = await makePerson(t.db)
  const evening = testContext(services, new Date('2026-11-01T23:50:00Z'))
  const { row } = await newSession(evening, person.id)
  const { scopeCustomerId: _, ...columns } = row
  await t.db.insert(weoktoSessions).values(columns)
  const morning = testContext(services, new Date('2026-11-02T00:05:00Z'))
  expect(isStale(evening.now, morning.now)).toBe(true)
  expect(isStale(evening.now, new Date('2026-11-01T23:55:00Z'))).toBe(false)
  await touchSession(morning, row.id ?? '')
  const [{ hash } = { hash: '' }] = await t.admin<{ hash: string }>(`select "visitorHash" as hash from weokto_sessions where id = $1`, [
    columns.id,
  ])
  expect(hash).toBe(await visitorHash(morning))
  expect(hash).not.toBe(await visitorHash(evening))
})
