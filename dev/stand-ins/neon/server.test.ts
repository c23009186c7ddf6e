import { neon, NeonDbError, neonConfig, type NeonQueryFunction } from '@neondatabase/serverless'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { startNeonHttp, type RunningNeonHttp } from './server.ts'
import type { Fault } from './run.ts'

/** The real driver against the real database: what these tests show is that the two understand each other. */
const adminUrl = inject('adminUrl')
const table = `neon_http_${process.pid}`
let front: RunningNeonHttp
let fault: Fault | null = null
let sql: NeonQueryFunction<false, true>

beforeAll(async () => {
  front = await startNeonHttp({ fault: () => fault, statementTimeoutMs: 1_500 })
  neonConfig.fetchEndpoint = front.endpoint
  sql = neon(adminUrl, { fullResults: true })
  await sql.query(`CREATE TABLE ${table} (id int PRIMARY KEY, word text)`)
})
beforeEach(async () => {
  fault = null
  await sql.query(`TRUNCATE ${table}`)
})
afterAll(async () => {
  await sql.query(`DROP TABLE ${table}`)
  await front.stop()
})

const insert = (id: number) => sql.query(`INSERT INTO ${table} VALUES ($1, 'a')`, [id])
const count = async () => (await sql.query(`SELECT count(*)::int AS n FROM ${table}`)).rows[0]?.n
const failure = async (promise: Promise<unknown>): Promise<NeonDbError> => {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (error instanceof NeonDbError) return error
  throw new Error('it did not fail as Neon fails')
}

describe('a single statement', () => {
  test('keeps the types of values', async () => {
    const { rows } = await sql`SELECT 1 AS a, NULL AS b, ${{ x: 1 }}::jsonb AS j, ${[1, 2]}::int[] AS l, true AS t, 9007199254740993 AS big`
    expect(rows).toEqual([{ a: 1, b: null, j: { x: 1 }, l: [1, 2], t: true, big: '9007199254740993' }])
  })
  test('tells command and count', async () => {
    expect(await insert(1)).toMatchObject({ command: 'INSERT', rowCount: 1 })
  })
  test('passes on what PostgreSQL says about an error', async () => {
    await insert(1)
    expect(await failure(insert(1))).toMatchObject({
      code: '23505',
      constraint: `${table}_pkey`,
      table,
      severity: 'ERROR',
      detail: 'Key (id)=(1) already exists.',
    })
  })
  test('survives a change of its table', async () => {
    await insert(1)
    const all = () => sql.query(`SELECT * FROM ${table}`)
    await all()
    await sql.query(`ALTER TABLE ${table} ADD COLUMN extra int`)
    expect((await all()).rows).toEqual([{ id: 1, word: 'a', extra: null }])
    await sql.query(`ALTER TABLE ${table} DROP COLUMN extra`)
    expect((await all()).rows).toEqual([{ id: 1, word: 'a' }])
  })
  test('ends when it takes too long', async () => {
    expect(await failure(sql`SELECT pg_sleep(30)`)).toMatchObject({ code: '57014' })
  })
})

describe('a batch', () => {
  test('is one transaction that sees its own writes', async () => {
    const results = await sql.transaction([insert(1), insert(2), sql.query(`SELECT count(*)::int AS n FROM ${table}`)])
    expect(results.map((one) => one.command)).toEqual(['INSERT', 'INSERT', 'SELECT'])
    expect(results[2]?.rows).toEqual([{ n: 2 }])
  })
  test('leaves nothing when a later statement fails, and the connection stays usable', async () => {
    expect(await failure(sql.transaction([insert(1), insert(1)]))).toMatchObject({ code: '23505' })
    expect(await count()).toBe(0)
  })
  test('leaves nothing when a constraint is checked at the commit', async () => {
    await sql.query(`ALTER TABLE ${table} ADD CONSTRAINT later UNIQUE (word) DEFERRABLE INITIALLY DEFERRED`)
    expect(await failure(sql.transaction([insert(1), insert(2)]))).toMatchObject({ code: '23505', constraint: 'later' })
    await sql.query(`ALTER TABLE ${table} DROP CONSTRAINT later`)
    expect(await count()).toBe(0)
  })
  test('obeys isolation level and read only', async () => {
    const level = await sql.transaction([sql`SHOW transaction_isolation`], { isolationLevel: 'Serializable' })
    expect(level[0]?.rows).toEqual([{ transaction_isolation: 'serializable' }])
    expect(await failure(sql.transaction([insert(1)], { readOnly: true }))).toMatchObject({ code: '25006' })
  })
})

describe('a cut line', () => {
  test.each([
    [{ before: 0 }, 0],
    [{ before: 1 }, 0],
    ['beforeCommit', 0],
    ['afterCommit', 2],
  ] as const)('at %j leaves %i rows', async (where, rows) => {
    fault = where
    expect((await failure(sql.transaction([insert(1), insert(2)]))).message).toContain('Error connecting to database')
    fault = null
    expect(await count()).toBe(rows)
  })
  test('a caller that hangs up takes its statement along', async () => {
    const stop = new AbortController()
    const asleep = sql.query('SELECT pg_sleep(60)', [], { fetchOptions: { signal: stop.signal } })
    const left = () => sql`SELECT pid FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(60)' AND state = 'active'`
    const cut = failure(asleep)
    await expect.poll(async () => (await left()).rows.length).toBe(1)
    stop.abort()
    await cut
    await expect.poll(async () => (await left()).rows.length).toBe(0)
  })
})

describe('refusals', () => {
  test('a foreign host, a wrong password, two statements at once', async () => {
    expect((await failure(neon('postgres://u:p@db.example.com/x')`SELECT 1`)).message).toContain('does not lead to')
    expect(await failure(neon(adminUrl.replace(':postgres@', ':wrong@'))`SELECT 1`)).toMatchObject({ code: '28P01' })
    expect(await failure(sql.query('SELECT 1; SELECT 2'))).toMatchObject({ code: '42601' })
  })
  test('a body that is not JSON gets a sentence', async () => {
    const headers = { 'Neon-Connection-String': adminUrl, 'Neon-Raw-Text-Output': 'true' }
    const answer = await fetch(front.endpoint, { method: 'POST', headers, body: '{' })
    expect([answer.status, await answer.json()]).toEqual([400, { message: 'The body is not JSON.' }])
  })
})
