import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { runCron } from '#api/cron.ts'
import { startMailbox, type RunningMailbox } from '#dev/stand-ins/mailbox/server.ts'
import { testContext, testServices } from '#dev/testing/services.ts'
import { drainOnce, drainSoon } from './drain-once.ts'
import { muchLater, promiseCode, tappedMailer } from './testing.ts'

const SCHEDULE = '*/5 * * * *'
const KEY = 'mail-key'

let t: TestDatabase
const boxes: RunningMailbox[] = []
beforeAll(async () => {
  t = await testDatabase()
})
afterEach(async () => {
  await t.admin('delete from outbox')
  await Promise.all(boxes.splice(0).map((box) => box.stop()))
})
afterAll(() => t.close())

/** A mailbox at Resend's own pace, and a process of ours that sends to it at `perSecond`, or at its own. */
async function sender(perSecond?: number, apiKey = KEY) {
  const mailbox = boxes[0] ?? (await startMailbox({ apiKey: KEY }))
  if (boxes.length === 0) boxes.push(mailbox)
  const services = testServices(t, { EMAIL_PER_SECOND: String(perSecond ?? 4) })
  const { line, mailer } = tappedMailer(mailbox, apiKey)
  services.ports.mailer = mailer
  return { mailbox, services, line }
}

const statuses = (line: { requests: { status: number | null }[] }) => new Set(line.requests.map(({ status }) => status))

test('one process asks at most four times a second, evenly, and a lone code does not wait', async () => {
  const { mailbox, services, line } = await sender()
  for (let n = 0; n < 9; n += 1) await promiseCode(t, services)
  const beganAt = performance.now()
  await runCron(services, SCHEDULE, new Date())
  expect(statuses(line)).toEqual(new Set([200]))
  expect(mailbox.mails.list()).toHaveLength(9)
  const at = line.requests.map((request) => request.at)
  expect((at[0] ?? 0) - beganAt).toBeLessThan(2_000)
  // Four from any moment on, the fifth no sooner than a second after it.
  for (let n = 4; n < at.length; n += 1) expect((at[n] ?? 0) - (at[n - 4] ?? 0)).toBeGreaterThan(950)
})

test('told that it was too fast, it leaves the provider alone for as long as it was asked to, and every mail arrives once within seconds', async () => {
  const { mailbox, services, line } = await sender(1_000)
  for (let n = 0; n < 12; n += 1) await promiseCode(t, services)
  drainSoon(testContext(services, new Date()))
  await services.runtime.settled()
  expect(mailbox.mails.list()).toHaveLength(12)
  expect(statuses(line)).toEqual(new Set([200, 429]))
  // Whatever was not under way yet when that answer came waits out the second that it asked for.
  const refusals = line.requests.filter(({ status }) => status === 429)
  const early = line.requests.filter(({ at }) => refusals.some(({ answeredAt }) => at > answeredAt + 50 && at < answeredAt + 950))
  expect(early).toEqual([])
  const rows = await t.admin<{ sent: boolean }>('select "sentAt" is not null as sent from outbox')
  expect(rows.every(({ sent }) => sent)).toBe(true)
}, 30_000)

test('two processes at once send every mail once, though together they are too fast', async () => {
  const [one, other] = [await sender(), await sender()]
  for (let n = 0; n < 26; n += 1) await promiseCode(t, one.services)
  await Promise.all([one, other].map(({ services }) => runCron(services, SCHEDULE, new Date())))
  // Whoever was unlucky so often that its wait is longer than a run's patience goes with a later one.
  await muchLater(t)
  await runCron(one.services, SCHEDULE, new Date())
  expect(one.mailbox.mails.list()).toHaveLength(26)
  expect([...statuses(one.line), ...statuses(other.line)]).toContain(429)
  const taken = [...one.line.requests, ...other.line.requests].filter(({ status }) => status === 200)
  expect(new Set(taken.map(({ key }) => key)).size).toBe(26)
  expect(await t.admin('select id from outbox where "sentAt" is null')).toEqual([])
}, 60_000)

test('a code that was refused for nothing but haste, again and again, is tried within a minute and loses no try by it', async () => {
  const { services, line } = await sender(1_000)
  for (let n = 0; n < 5; n += 1) await promiseCode(t, services)
  await drainOnce(testContext(services, new Date()))
  const id = await promiseCode(t, services)
  await t.admin(`update outbox set attempts = 11 where id = $1`, [id])
  await drainOnce(testContext(services, new Date()))
  expect(line.requests.filter(({ status }) => status === 429).map(({ key }) => key)).toEqual([id])
  const rows = await t.admin<{ attempts: number; soon: boolean; failedAt: Date | null }>(
    `select attempts, "nextAttemptAt" < now() at time zone 'utc' + interval '61 s' as soon, "failedAt" from outbox where id = $1`,
    [id],
  )
  expect(rows).toEqual([{ attempts: 11, soon: true, failedAt: null }])
})

test('a mail that will never be taken is given up at its first try', async () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const { services, line } = await sender(1_000)
  const id = await promiseCode(t, services, 'nobody')
  await runCron(services, SCHEDULE, new Date())
  expect(line.requests.map(({ status }) => status)).toEqual([422])
  expect(await t.admin('select attempts, "failedAt" is not null as failed from outbox')).toEqual([{ attempts: 1, failed: true }])
  expect(told.mock.calls.join()).toContain(`"event":"outbox_given_up","id":"${id}"`)
  told.mockRestore()
})
