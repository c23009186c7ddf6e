import { OUTBOX_TRIES } from '#domain/base/outbox.ts'
import { ne } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '#db/id.ts'
import { heartbeats, outbox, weoktoUsers } from '#db/schema/all.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { app } from '#api/app.ts'
import { runCron, SCHEDULES } from '#api/cron.ts'
import { startMailbox, type RunningMailbox } from '#dev/stand-ins/mailbox/server.ts'
import { testContext, testServices } from '#dev/testing/services.ts'
import { watchHealth } from './watch-health.ts'

const FIVE = '*/5 * * * *'
const NIGHTLY = '15 3 * * *'
const MINUTE = 60_000
const API_KEY = 're_of_this_test'

let t: TestDatabase
let mailbox: RunningMailbox
let services: ReturnType<typeof testServices>
/** How far the clock is ahead. */
let ahead: number
beforeAll(async () => {
  ;[t, mailbox] = await Promise.all([testDatabase(), startMailbox({ apiKey: API_KEY, perSecond: 1_000 })])
  const owner = { userType: 'OWNER' as const, authId: newId() }
  await t.db.insert(weoktoUsers).values([
    { ...owner, email: 'boss@example.com', locale: 'fr' },
    { ...owner, authId: newId(), email: 'partner@example.com', locale: 'en' },
  ])
})
beforeEach(async () => {
  await t.admin('delete from outbox')
  await t.admin('delete from heartbeats')
  await t.admin('delete from health_problems')
  mailbox.mails.empty()
  services = testServices(t, { EMAIL_BASE_URL: mailbox.url, EMAIL_API_KEY: API_KEY })
  ahead = 0
  services.clock = () => new Date(Date.now() + ahead)
})
afterAll(async () => {
  await mailbox.stop()
  await t.close()
})

const tick = (cron = FIVE) => runCron(services, cron, services.clock())
const toldTo = (address: string) => mailbox.mails.list(address).map(({ subject }) => subject)

async function ask(authorization?: string): Promise<{ status: number; body: Record<string, unknown> & { problems?: string[] } }> {
  const headers: Record<string, string> = authorization === undefined ? {} : { authorization }
  const answer = await app.fetch(new Request('http://weokto.localhost/api/health/deep', { headers }), { services, edge: {} })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}
const asMonitor = () => ask(`Bearer ${services.config.MONITOR_TOKEN}`)

test('only a monitor that shows its token is told', async () => {
  const right = services.config.MONITOR_TOKEN
  for (const wrong of [undefined, '', right, `Basic ${right}`, 'Bearer ', `Bearer ${'x'.repeat(5_000)}`])
    expect((await ask(wrong)).status).toBe(401)
  for (const wrong of [`Bearer ${right}x`, `Bearer ${right.slice(1)}`, 'Bearer x']) {
    const { status, body } = await ask(wrong)
    expect([status, Object.keys(body)]).toEqual([403, ['error']])
  }
  expect((await asMonitor()).body).toHaveProperty('jobs')
})

test('a platform whose schedules never ran is not well, and is once they have', async () => {
  expect(await asMonitor()).toMatchObject({ status: 503, body: { ok: false } })
  await tick()
  await tick(NIGHTLY)
  const { status, body } = await asMonitor()
  expect([status, body['ok'], body.problems]).toEqual([200, true, []])
  const job = { startedSecondsAgo: expect.any(Number) as number, endedWellSecondsAgo: expect.any(Number) as number }
  expect(body['jobs']).toEqual(
    Object.keys(SCHEDULES).map((name) => ({ job: name, ...job, lateAfterSeconds: name === 'purge-expired' ? 90_000 : 900 })),
  )
})

test('a job that fails shows as begun and not ended, and is late when its grace is over', async () => {
  await tick()
  await tick(NIGHTLY)
  await t.admin('alter table rate_limits rename to rate_limits_away')
  try {
    ahead = 25 * 60 * MINUTE + MINUTE
    await expect(tick(NIGHTLY)).rejects.toThrow('A scheduled job failed.')
  } finally {
    await t.admin('alter table rate_limits_away rename to rate_limits')
  }
  await tick()
  const { status, body } = await asMonitor()
  expect([status, body.problems]).toEqual([503, ['job_late:purge-expired']])
  const purge = (body['jobs'] as { job: string; startedSecondsAgo: number; endedWellSecondsAgo: number }[]).find(
    ({ job }) => job === 'purge-expired',
  )
  expect([Number(purge?.startedSecondsAgo) < 60, Number(purge?.endedWellSecondsAgo) > 90_000]).toEqual([true, true])
})

test('owners are told once of what begins and once when it is over, in their language, whoever looks at once', async () => {
  await tick()
  await tick(NIGHTLY)
  ahead = 26 * 60 * MINUTE
  await t.db.update(heartbeats).set({ finishedAt: services.clock() }).where(ne(heartbeats.job, 'purge-expired'))
  const look = () => watchHealth(testContext(services, services.clock()), SCHEDULES)
  await Promise.all([look(), look(), look()])
  await tick()
  await tick()
  expect(toldTo('boss@example.com')).toHaveLength(1)
  expect(toldTo('boss@example.com')[0]).toMatch(/^Un contrôle du site a échoué$/)
  expect(toldTo('partner@example.com')[0]).toMatch(/^A check of the site has failed$/)
  expect(mailbox.mails.list('boss@example.com')[0]?.text).toContain('purge-expired')
  await tick(NIGHTLY)
  await tick()
  await tick()
  expect(toldTo('boss@example.com')).toHaveLength(2)
  expect(toldTo('boss@example.com')[0]).toBe('Le contrôle du site est de nouveau bon')
  expect(await t.admin('select key from health_problems')).toEqual([])
  expect((await asMonitor()).status).toBe(200)
})

test('what waits, what was given up and what died are told, each as long as it lasts', async () => {
  await tick()
  await tick(NIGHTLY)
  const row = { payload: '{}', nextAttemptAt: new Date(Date.now() - 40 * MINUTE), createdAt: new Date(Date.now() - 40 * MINUTE) }
  const promised = (kind: string, values: Partial<typeof outbox.$inferInsert> = {}) => ({
    id: newId(),
    kind,
    dedupeKey: newId(),
    ...row,
    ...values,
  })
  await t.db.insert(outbox).values([promised('receipt')])
  expect((await asMonitor()).body.problems).toEqual(['outbox_waiting'])
  await t.admin('delete from outbox')
  const failed = { failedAt: new Date(), attempts: OUTBOX_TRIES }
  await t.db.insert(outbox).values(Array.from({ length: 4 }, () => promised('mail', failed)))
  // Not due before tomorrow, and of a batch that is told of by its mails.
  await t.db.insert(outbox).values([promised('mail', { nextAttemptAt: new Date(Date.now() + 60 * MINUTE) })])
  expect((await asMonitor()).body.problems).toEqual([])
  await t.db.insert(outbox).values([promised('receipt', failed), promised('delete-capture', { failedAt: new Date(0) })])
  expect(await asMonitor()).toMatchObject({
    status: 503,
    body: { problems: ['outbox_given_up', 'promise_given_up'], outbox: { givenUpMails: 5, givenUpOthers: 1 } },
  })

  // Refused at the first try: addresses that somebody mistyped, as long as more leaves than is refused.
  await t.admin('delete from outbox')
  await t.db.insert(outbox).values(Array.from({ length: 5 }, () => promised('mail', { failedAt: new Date(), attempts: 1 })))
  await t.db.insert(outbox).values(Array.from({ length: 5 }, () => promised('receipt', { sentAt: new Date() })))
  expect((await asMonitor()).body.problems).toEqual([])
  await t.admin(`delete from outbox where "sentAt" is not null`)
  expect((await asMonitor()).body.problems).toEqual(['outbox_given_up'])
  await t.admin('delete from outbox')
  await t.db.insert(outbox).values([promised('dispute-alert', { withheldAt: new Date() }), promised('receipt', { withheldAt: new Date() })])
  expect((await asMonitor()).body).toMatchObject({ problems: ['alert_withheld'], outbox: { withheldAlerts: 1 } })
})
