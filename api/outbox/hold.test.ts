import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { newId } from '#db/id.ts'
import { outbox } from '#db/schema/all.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { decideHealth } from '#domain/base/health.ts'
import { runCron } from '#api/cron.ts'
import { loadVitals } from '#api/health/load-vitals.ts'
import { startMailbox } from '#dev/stand-ins/mailbox/server.ts'
import { serve } from '#dev/stand-ins/shared/serve.ts'
import { testServices } from '#dev/testing/services.ts'
import { promiseCode, tappedMailer } from './testing.ts'

const SCHEDULE = '*/5 * * * *'
const KEY = 'mail-key'

let t: TestDatabase
const open: { stop(): Promise<void> }[] = []
// Whoever is held back stays so for as long as the process uses this database.
beforeEach(async () => {
  t = await testDatabase()
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(async () => {
  vi.restoreAllMocks()
  await Promise.all(open.splice(0).map((one) => one.stop()))
  await t.close()
})

const told = (event: string) => vi.mocked(console.error).mock.calls.filter(([line]) => String(line).includes(`"event":"${event}"`))

test('asked to leave the provider alone for an hour, it does so, and no mail loses a try by it', async () => {
  const asked: string[] = []
  const provider = await serve({ host: '127.0.0.1', port: 0 }, async ({ headers }) => {
    asked.push(String(headers['idempotency-key']))
    return { status: 429, headers: { 'retry-after': '3600' }, body: '{"name":"rate_limit_exceeded"}' }
  })
  open.push(provider)
  const services = testServices(t, { EMAIL_BASE_URL: provider.url, EMAIL_PER_SECOND: '4' })
  for (let n = 0; n < 6; n += 1) await promiseCode(t, services)
  await runCron(services, SCHEDULE, new Date())
  expect(asked).toHaveLength(1)
  const after = (minutes: number) => `"nextAttemptAt" > now() at time zone 'utc' + interval '${minutes} minutes'`
  expect(
    await t.admin(`select attempts, count(*)::int as rows from outbox where ${after(59)} and "failedAt" is null group by 1 order by 1`),
  ).toEqual([
    { attempts: 0, rows: 5 },
    { attempts: 1, rows: 1 },
  ])

  // The one that had asked is sent; the others still wait, since they were promised and not since they were held back.
  await t.admin(`update outbox set "sentAt" = now() at time zone 'utc' where attempts = 1`)
  const inHalfAnHour = new Date(Date.now() + 31 * 60_000)
  const vitals = await loadVitals({ db: t.db, now: inHalfAnHour }, {})
  expect(decideHealth(vitals, inHalfAnHour).map(({ key }) => key)).toEqual(['outbox_waiting'])

  const code = await promiseCode(t, services)
  const noMail = newId()
  const at = new Date()
  await t.db
    .insert(outbox)
    .values({ id: noMail, kind: 'delete-capture', payload: 'x', dedupeKey: noMail, nextAttemptAt: at, createdAt: at })
  await runCron(services, SCHEDULE, new Date())
  expect(asked).toHaveLength(1)
  expect(await t.admin(`select id, attempts from outbox where not ${after(59)} order by attempts`)).toEqual([
    { id: code, attempts: 0 },
    { id: noMail, attempts: 1 },
  ])
})

test('a fault of the account is told to somebody once and at once, and leaves all mails waiting', async () => {
  const mailbox = await startMailbox({ apiKey: KEY })
  open.push(mailbox)
  const services = testServices(t, { EMAIL_PER_SECOND: '4' })
  const { line, mailer } = tappedMailer(mailbox, 'a wrong key')
  services.ports.mailer = mailer
  for (let n = 0; n < 6; n += 1) await promiseCode(t, services)
  await runCron(services, SCHEDULE, new Date())
  expect(line.requests).toHaveLength(1)
  expect(told('outbox_needs_somebody').join()).toContain(`"id":"${line.requests[0]?.key}"`)
  expect(told('outbox_needs_somebody')).toHaveLength(1)
  const rows = await t.admin<{ attempts: number; failedAt: Date | null; lastError: string | null }>(
    'select * from outbox order by attempts',
  )
  expect(rows.map(({ attempts, failedAt }) => [attempts, failedAt])).toEqual([0, 0, 0, 0, 0, 1].map((attempts) => [attempts, null]))
  expect(rows[5]?.lastError).toContain('invalid_api_key')
})

test('mails that were under way together when the account turned out to be at fault are told in one line', async () => {
  const mailbox = await startMailbox({ apiKey: KEY })
  open.push(mailbox)
  const services = testServices(t)
  services.ports.mailer = tappedMailer(mailbox, 'a wrong key').mailer
  for (let n = 0; n < 3; n += 1) await promiseCode(t, services)
  await runCron(services, SCHEDULE, new Date())
  expect(told('outbox_needs_somebody')).toHaveLength(1)
})

test('a key that may send and do nothing else keeps no code waiting because an address is to be let go', async () => {
  const asked: string[] = []
  const provider = await serve({ host: '127.0.0.1', port: 0 }, async ({ method, path }) => {
    asked.push(`${method} ${path}`)
    return method === 'DELETE'
      ? { status: 401, headers: {}, body: '{"name":"restricted_api_key"}' }
      : { status: 200, headers: {}, body: '{"id":"x"}' }
  })
  open.push(provider)
  const services = testServices(t, { EMAIL_BASE_URL: provider.url, EMAIL_PER_SECOND: '1000' })
  const id = newId()
  const at = new Date()
  await t.db
    .insert(outbox)
    .values({ id, kind: 'lift-suppression', payload: 'camille@example.com', dedupeKey: id, nextAttemptAt: at, createdAt: at })
  await runCron(services, SCHEDULE, at)
  expect(told('outbox_needs_somebody').join()).toContain(`"id":"${id}"`)
  await promiseCode(t, services)
  await runCron(services, SCHEDULE, new Date())
  expect(asked).toEqual(['DELETE /suppressions/camille%40example.com', 'POST /emails'])
})
