import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startNeonHttp, type RunningNeonHttp } from '#dev/stand-ins/neon/server.ts'
import { newId } from './id.ts'
import { connect, dbError, reloading, type Db } from './client.ts'
import { stamUsers } from './schema/all.ts'
import { testDatabase, type TestDatabase } from './testing.ts'

let t: TestDatabase
let front: RunningNeonHttp
let db: Db
let asked = 0
let isCut = false

beforeAll(async () => {
  t = await testDatabase()
  front = await startNeonHttp({
    statementTimeoutMs: 500,
    fault() {
      asked++
      return isCut ? 'afterCommit' : null
    },
  })
  db = connect({ databaseUrl: t.databaseUrl, httpEndpoint: front.endpoint })
})
beforeEach(() => {
  asked = 0
  isCut = false
})
afterAll(async () => {
  await front.stop()
  await t.close()
})

/** What a use-case sees that would decide again if another writer had been first, and how often it decided. */
const decided = async (run: () => Promise<unknown>): Promise<{ error: unknown; times: number }> => {
  let times = 0
  const error: unknown = await reloading(() => {
    times++
    return run()
  }).then(
    () => null,
    (thrown: unknown) => thrown,
  )
  return { error, times }
}
const elevenMebibytes = 'x'.repeat(11 * 1024 * 1024)
const grow = () => db.execute(sql`select repeat('x', 1048576) as word from generate_series(1, 11)`)

describe('what may or may not have been committed is told once and never sent again', () => {
  test('a request of more than Neon takes reaches no database', async () => {
    const { error, times } = await decided(() => db.execute(sql`select length(${elevenMebibytes})`))
    expect([error instanceof Error, dbError(error), times, asked]).toEqual([true, null, 1, 0])
  })
  test('an answer of more than Neon gives', async () => {
    const { error, times } = await decided(grow)
    expect([String(error instanceof Error && error.cause), dbError(error), times, asked]).toEqual([
      expect.stringContaining('507'),
      null,
      1,
      1,
    ])
  })
  test('a statement that the database ended, which is no other writer', async () => {
    const { error, times } = await decided(() => db.execute(sql`select pg_sleep(30)`))
    expect([dbError(error)?.code, times, asked]).toEqual(['57014', 1, 1])
  })
  test('an answer that was lost after everything was written', async () => {
    const person = { email: `${newId()}@example.com`, authId: newId() }
    isCut = true
    const { error, times } = await decided(() => db.batch([db.insert(stamUsers).values(person)]))
    isCut = false
    expect([error instanceof Error, dbError(error), times, asked]).toEqual([true, null, 1, 1])
    expect(await t.admin('SELECT 1 FROM stam_users WHERE email = $1', [person.email])).toHaveLength(1)
  })
})
