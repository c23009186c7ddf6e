import { request } from 'node:http'
import { json } from 'node:stream/consumers'
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
    expect(await sql.query(`ALTER TABLE ${table} ALTER word SET DEFAULT 'b'`)).toMatchObject({ command: 'ALTER', rowCount: null })
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
  test('that fails takes its connection along, as with Neon; a batch gives it back', async () => {
    const session = async () => (await sql.query('SELECT pg_backend_pid() AS pid')).rows[0]?.['pid']
    const first = await session()
    await failure(sql.transaction([sql.query('SELECT 1/0')]))
    expect(await session()).toBe(first)
    await failure(sql.query('SELECT 1/0'))
    expect(await session()).not.toBe(first)
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
  test('is parsed anew each time: nothing is prepared', async () => {
    for (let n = 0; n < 3; n++) expect((await sql`SELECT count(*)::int AS n FROM pg_prepared_statements`).rows).toEqual([{ n: 0 }])
  })
  test('cannot open a transaction for the next one', async () => {
    for (let n = 0; n < 3; n++) {
      await sql`BEGIN`
      await insert(n)
    }
    expect(await count()).toBe(3)
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
  test('travels statement by statement: each trip takes its time while the locks are held', async () => {
    const far = await startNeonHttp({ tripMs: 20 })
    const when = { query: 'SELECT (extract(epoch from clock_timestamp()) * 1000)::bigint' }
    const { body } = await post(far, { queries: [when, when, when] })
    await far.stop()
    const [first = 0, second = 0, third = 0] = body.results?.map(({ rows }) => Number(rows[0]?.[0])) ?? []
    // Twenty each; a timer may wake within the millisecond before.
    expect(Math.min(second - first, third - second)).toBeGreaterThanOrEqual(19)
  })
  test('obeys isolation level and read only; the server’s own level is read committed', async () => {
    expect((await sql.transaction([sql`SHOW transaction_isolation`]))[0]?.rows).toEqual([{ transaction_isolation: 'read committed' }])
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
  test.each([
    ['{', /^could not parse the HTTP request body: /],
    [{ statement: 'SELECT 1' }, /^could not parse the HTTP request body: data did not match any variant/],
    [{ queries: [{ query: 1 }] }, /^could not parse the HTTP request body: data did not match any variant/],
  ])('a body like %j', async (body, message) => {
    const { status, body: said } = await post(front, body)
    expect([status, said]).toEqual([400, { ...NOTHING_SAID, message: expect.stringMatching(message) }])
  })
  test.each([
    [{ 'neon-batch-isolation-level': 'serializable' }, 'invalid isolation level'],
    [{ 'neon-connection-string': '' }, 'invalid header: neon-connection-string'],
  ])('headers like %j', async (headers, message) => {
    expect(await post(front, { query: 'SELECT 1' }, headers)).toEqual({ status: 400, body: { ...NOTHING_SAID, message } })
  })
  test('anything but POST /sql, and whoever was led here by another name', async () => {
    expect(await post(front, { query: 'SELECT 1' }, {}, '/sql/')).toEqual({ status: 400, body: 'query is not supported' })
    expect(await post(front, { query: 'SELECT 1' }, { host: 'rebound.example' })).toMatchObject({ status: 421 })
  })
  test('a body of more than 10 MiB', async () => {
    const { status, body } = await post(front, { query: `SELECT '${'x'.repeat(MAX_BYTES)}'` })
    expect([status, body]).toEqual([413, { ...NOTHING_SAID, message: `request is too large (max is ${MAX_BYTES} bytes)` }])
  })
  test('more than 10 MiB to answer: of a batch nothing is left, a single statement was done', async () => {
    const grow = `INSERT INTO ${table} SELECT n, repeat('x', 1048576) FROM generate_series(1, 11) AS n RETURNING word`
    const tooLarge = { status: 507, body: { ...NOTHING_SAID, message: `response is too large (max is ${MAX_BYTES} bytes)` } }
    expect(await post(front, { queries: [{ query: grow }, { query: 'SELECT 1' }] })).toEqual(tooLarge)
    expect(await count()).toBe(0)
    expect(await post(front, { query: grow })).toEqual(tooLarge)
    expect(await count()).toBe(11)
  })
})

describe('what Neon lets pass', () => {
  test('a body that is both is a single statement, whatever type it is said to have', async () => {
    const both = { query: 'SELECT $1::int[] AS l', params: [[1, null]], arrayMode: true, queries: [{ query: 'SELECT 2' }] }
    const { status, body } = await post(front, both, { 'content-type': 'text/plain' })
    expect([status, body.rows]).toEqual([200, [['{1,NULL}']]])
  })
})

const MAX_BYTES = 10 * 1024 * 1024
const NOTHING_SAID = Object.fromEntries(
  ['detail', 'hint', 'position', 'internalPosition', 'internalQuery', 'where', 'schema', 'table', 'column', 'dataType', 'constraint']
    .concat(['file', 'line', 'routine'])
    .map((name): [string, string | null] => [name, null])
    .concat([
      ['code', ''],
      ['severity', ''],
    ]),
)

type Said = { rows?: string[][]; results?: { rows: string[][] }[] }

/** Past the driver, so that what it would never send can be asked, too. */
async function post(at: RunningNeonHttp, body: unknown, headers: Record<string, string> = {}, path = '/sql') {
  const asked = { 'neon-connection-string': adminUrl, 'neon-raw-text-output': 'true', 'neon-array-mode': 'true', ...headers }
  return new Promise<{ status: number | undefined; body: Said }>((resolve, reject) => {
    const sent = request(`${at.url}${path}`, { method: 'POST', headers: asked, agent: false }, (response) => {
      json(response).then((said) => resolve({ status: response.statusCode, body: said as Said }), reject)
    })
    // Who is refused while it still speaks may find the line closed; what was answered counts.
    sent.on('error', reject)
    sent.end(typeof body === 'string' ? body : JSON.stringify(body))
  })
}
