import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { newId } from '#db/id.ts'
import { consumeQueue } from '#api/queue.ts'
import { startMailbox, type RunningMailbox } from '#dev/stand-ins/mailbox/server.ts'
import { testContext, testServices } from '#dev/testing/services.ts'
import { drainSoon } from './drain-once.ts'
import { promiseBatch, promiseCode } from './testing.ts'

const API_KEY = 're_of_this_test'

let t: TestDatabase
let mailbox: RunningMailbox
let services: ReturnType<typeof testServices>
/** What was handed to the queue of mails, as it travels. */
let woken: { rows: string[] }[]
beforeAll(async () => {
  ;[t, mailbox] = await Promise.all([testDatabase(), startMailbox({ apiKey: API_KEY, perSecond: 1_000 })])
})
beforeEach(async () => {
  await t.admin('delete from outbox')
  mailbox.mails.empty()
  services = testServices(t, { EMAIL_BASE_URL: mailbox.url, EMAIL_API_KEY: API_KEY })
  woken = []
  services.runtime.wakeSender = async (message) => void woken.push(JSON.parse(JSON.stringify(message)) as { rows: string[] })
})
afterAll(async () => {
  await mailbox.stop()
  await t.close()
})

async function drained(): Promise<void> {
  drainSoon(testContext(services, new Date()))
  await services.runtime.settled()
}

const consume = (messages: unknown[], queue = 'mails') => consumeQueue(services, { queue, messages: messages.map((body) => ({ body })) })
const subjects = () => mailbox.mails.list().map(({ subject }) => subject)

test('a request sends its code itself, and leaves what goes together to the sender, whom it tells ids and nothing else', async () => {
  const receipt = await promiseBatch(t, services.config, 'camille@example.com')
  await promiseCode(t, services)
  await drained()
  expect([subjects(), woken]).toEqual([['Code'], [{ rows: [receipt] }]])
  await consume(woken)
  expect(subjects()).toEqual(['Reçu', 'Code'])
})

test('nobody is woken when nothing is due', async () => {
  await promiseCode(t, services)
  await drained()
  expect([subjects(), woken]).toEqual([['Code'], []])
})

test('a message that is doubled or late sends a mail once, and the schedule sends what no message told of', async () => {
  const receipt = await promiseBatch(t, services.config, 'camille@example.com')
  const message = { rows: [receipt] }
  await Promise.all([consume([message, message]), consume([message]), consume([message])])
  await consume([message])
  expect(subjects()).toEqual(['Reçu'])
})

test('a queue that takes nothing keeps no mail: the request sends it', async () => {
  services.runtime.wakeSender = () => Promise.reject(new Error('The queue is down.'))
  await promiseBatch(t, services.config, 'camille@example.com')
  await drained()
  expect(subjects()).toEqual(['Reçu'])
})

test('what cannot be read or names no row of ours does nothing, and keeps no other message', async () => {
  const receipt = await promiseBatch(t, services.config, 'camille@example.com')
  await consume([{ rows: [newId()] }, { rows: ["'; drop table outbox; --"] }, { rows: Array.from({ length: 101 }, newId) }, null, 'x', 7])
  expect(subjects()).toEqual([])
  await consume([null, { rows: [receipt] }])
  expect(subjects()).toEqual(['Reçu'])
})

test('dead messages are let go and noted, because the rows are there still', async () => {
  const receipt = await promiseBatch(t, services.config, 'camille@example.com')
  await consume([{ rows: [receipt] }], 'mails-dead')
  expect([subjects(), await t.admin('select id from outbox where "sentAt" is null')]).toEqual([[], [{ id: receipt }]])
  expect(await t.admin(`select ok, note::json->>'queue' as queue from heartbeats where job = 'dead-letters'`)).toEqual([
    { ok: true, queue: 'mails-dead' },
  ])
})
