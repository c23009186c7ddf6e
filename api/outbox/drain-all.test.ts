import { createServer, type ServerResponse } from 'node:http'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { newId } from '#db/id.ts'
import { outbox } from '#db/schema/all.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { OUTBOX_TRIES } from '#domain/base/outbox.ts'
import { runCron } from '#api/cron.ts'
import { seal } from '#api/crypto.ts'
import { listen } from '#dev/environment/free-ports.ts'
import { testContext, testServices } from '#dev/testing/services.ts'
import { drainSoon } from './drain-once.ts'
import { sealMail } from './enqueue.ts'

const SCHEDULE = '*/5 * * * *'
const MINUTE = 60_000

/** The provider of mails: it counts what arrives, answers as it is told, and may keep its senders waiting. */
const provider = { asked: [] as string[], answer: 200, held: null as ServerResponse[] | null }
const server = createServer((request, response) => {
  provider.asked.push(String(request.headers['idempotency-key']))
  request.resume()
  if (provider.held) provider.held.push(response)
  else reply(response)
})
const reply = (response: ServerResponse): void => void response.writeHead(provider.answer, { 'content-type': 'application/json' }).end('{}')

let t: TestDatabase
let services: ReturnType<typeof testServices>
beforeAll(async () => {
  t = await testDatabase()
  const port = await listen(server, 0)
  services = testServices(t, { EMAIL_BASE_URL: `http://127.0.0.1:${port}` })
})
beforeEach(async () => {
  await t.admin('delete from outbox')
  Object.assign(provider, { asked: [], answer: 200, held: null })
  services.clock = () => new Date()
})
afterAll(async () => {
  await services.runtime.settled()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await t.close()
})

async function promise(values: Partial<typeof outbox.$inferInsert> = {}): Promise<string> {
  const id = newId()
  const ctx = testContext(services, new Date())
  const payload = await sealMail(ctx, 'a@example.com', { subject: 'Bonjour', html: '<p>Bonjour</p>', text: 'Bonjour' })
  const row = { id, kind: 'mail', payload, dedupeKey: id, nextAttemptAt: new Date(Date.now() - 20 * MINUTE), createdAt: new Date() }
  await t.db.insert(outbox).values({ ...row, ...values })
  return id
}

const rowsOf = () => t.db.select().from(outbox)

async function until(isSo: () => boolean): Promise<void> {
  await vi.waitUntil(isSo, { timeout: 20_000, interval: 10 })
}

async function noteOf(): Promise<Record<string, unknown>> {
  const [heartbeat] = await t.admin<{ note: string }>(`select note from heartbeats where job = 'drain-outbox'`)
  return JSON.parse(heartbeat?.note ?? '{}') as Record<string, unknown>
}

test('a lease holds by the clock that is: a schedule that is late and one on time send a mail once', async () => {
  await promise()
  provider.held = []
  const first = runCron(services, SCHEDULE, new Date(Date.now() - 10 * MINUTE))
  await until(() => provider.asked.length > 0)
  const second = runCron(services, SCHEDULE, new Date())
  // Whoever takes nothing goes on to the end; whoever took the row as well asks the provider a second time.
  await Promise.race([second, until(() => provider.asked.length > 1)])
  const { held } = provider
  provider.held = null
  held.forEach(reply)
  await Promise.all([first, second])
  expect(provider.asked).toHaveLength(1)
  expect((await rowsOf())[0]).toMatchObject({ attempts: 1, payload: '' })
})

test('a run goes on until nothing is left', async () => {
  const ids = await Promise.all(Array.from({ length: 45 }, () => promise()))
  await runCron(services, SCHEDULE, new Date())
  expect(provider.asked.toSorted()).toEqual(ids.toSorted())
  expect(await noteOf()).toMatchObject({ sent: 45, failed: 0 })
})

test('what is refused is tried again by the clock that is, wherever the schedule stands, and not again in the same run', async () => {
  provider.answer = 503
  await promise()
  const began = Date.now()
  await runCron(services, SCHEDULE, new Date(began + 45 * 24 * 60 * MINUTE))
  const [row] = await rowsOf()
  expect(row).toMatchObject({ attempts: 1, lockedUntil: null, failedAt: null })
  expect(row?.lastError).toContain('503')
  expect(row?.nextAttemptAt.getTime()).toBeGreaterThanOrEqual(began + MINUTE)
  expect(row?.nextAttemptAt.getTime()).toBeLessThan(Date.now() + 2 * MINUTE)
})

test('a row whose sender dies at every try has used its tries up like any other, and somebody hears of it', async () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const id = await promise()
  // The clock stands where the last lease has run out; a sender that died left nothing but its count and that lease.
  for (let tries = 1; tries <= OUTBOX_TRIES; tries += 1)
    await t.admin(`update outbox set attempts = $2, "lockedUntil" = $3, "nextAttemptAt" = $3 where id = $1`, [
      id,
      tries,
      new Date(Date.now() - MINUTE).toISOString(),
    ])
  await runCron(services, SCHEDULE, new Date())
  expect(provider.asked).toEqual([])
  const [row] = await rowsOf()
  expect(row?.failedAt).not.toBeNull()
  expect(row?.lastError).toMatch(/died/)
  expect(told.mock.calls.join()).toContain(id)
  expect(told.mock.calls.join()).toContain('"level":"error"')
  expect(await noteOf()).toMatchObject({ givenUp: 1 })
  told.mockRestore()
})

test('the last refusal gives a row up and tells it; what was given up before is told by every run', async () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  provider.answer = 422
  const id = await promise({ attempts: OUTBOX_TRIES - 1 })
  await runCron(services, SCHEDULE, new Date())
  expect((await rowsOf())[0]).toMatchObject({ attempts: OUTBOX_TRIES, failedAt: expect.any(Date) })
  expect(told.mock.calls.join()).toContain(id)
  await runCron(services, SCHEDULE, new Date())
  expect(provider.asked).toHaveLength(1)
  expect(await noteOf()).toMatchObject({ sent: 0, failed: 0, givenUp: 1 })
  told.mockRestore()
})

test('a try counts as begun: a sender that dies leaves the next one to wait its turn', async () => {
  const id = await promise()
  provider.held = []
  const run = runCron(services, SCHEDULE, new Date())
  await until(() => provider.asked.length > 0)
  const [taken] = await rowsOf()
  expect(taken).toMatchObject({ id, attempts: 1 })
  expect(taken?.lockedUntil?.getTime()).toBeGreaterThan(Date.now())
  expect(taken?.nextAttemptAt.getTime()).toBeGreaterThan(Date.now())
  provider.held.forEach(reply)
  await run
})

test('whoever is told that a mail will never be taken, but no longer holds it, tells nobody that it was given up', async () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  await promise()
  provider.held = []
  provider.answer = 422
  const run = runCron(services, SCHEDULE, new Date())
  await until(() => provider.asked.length > 0)
  await t.admin('update outbox set attempts = attempts + 1')
  provider.held.forEach(reply)
  await run
  expect((await rowsOf())[0]).toMatchObject({ failedAt: null })
  expect(told.mock.calls.join()).not.toContain('outbox_given_up')
  told.mockRestore()
})

test('a code that is promised while a batch is under way does not wait for it', async () => {
  const ctx = testContext(services, new Date())
  const mail = { from: 'a@example.com', to: 'b@example.com', subject: 'x', html: 'x', text: 'x' }
  const payload = await seal(services.config.SEAL_KEY, JSON.stringify({ mails: [{ rowId: 'none', mail }] }))
  const batch = await promise({ kind: 'batch', payload })
  provider.held = []
  drainSoon(ctx)
  await until(() => provider.asked.length > 0)
  const code = await promise()
  drainSoon(testContext(services, new Date()))
  await until(() => provider.asked.length > 1)
  const { held } = provider
  provider.held = null
  held.forEach(reply)
  await services.runtime.settled()
  expect(provider.asked).toEqual([batch, code])
  expect((await rowsOf()).every(({ sentAt }) => sentAt !== null)).toBe(true)
})

test('a drain that seems to have begun later than now is told nothing: whoever asks begins their own', async () => {
  await promise()
  provider.held = []
  drainSoon(testContext(services, new Date(Date.now() + 60 * MINUTE)))
  await until(() => provider.asked.length > 0)
  await promise()
  const askedAt = performance.now()
  drainSoon(testContext(services, new Date()))
  await until(() => provider.asked.length > 1)
  // Not when the first answer is waited for no longer.
  expect(performance.now() - askedAt).toBeLessThan(5_000)
  const { held } = provider
  provider.held = null
  held.forEach(reply)
  await services.runtime.settled()
  expect(provider.asked).toHaveLength(2)
})
