import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { newId } from '#db/id.ts'
import { startMailbox, type RunningMailbox } from '#dev/stand-ins/mailbox/server.ts'
import { testContext, testServices } from '#dev/testing/services.ts'
import { sendPromised } from './send-promised.ts'
import { promiseBatch, promiseCode } from './testing.ts'

const API_KEY = 're_of_this_test'

let t: TestDatabase
let mailbox: RunningMailbox
let services: ReturnType<typeof testServices>
let woken: (readonly string[])[]
beforeAll(async () => {
  ;[t, mailbox] = await Promise.all([testDatabase(), startMailbox({ apiKey: API_KEY, perSecond: 1_000 })])
})
beforeEach(async () => {
  await t.admin('delete from outbox')
  mailbox.mails.empty()
  services = testServices(t, { EMAIL_BASE_URL: mailbox.url, EMAIL_API_KEY: API_KEY })
  woken = []
  services.runtime.wakeSender = async ({ rows }) => void woken.push([...rows])
})
afterAll(async () => {
  await mailbox.stop()
  await t.close()
})

async function promised(...requests: (readonly string[] | null)[]): Promise<void> {
  for (const rows of requests) sendPromised(testContext(services, new Date()), rows)
  await services.runtime.settled()
}

const subjects = () => mailbox.mails.list().map(({ subject }) => subject)

test('rows of one moment are told of together, without a look at what else is due', async () => {
  await promiseCode(t, services)
  const [one, two, three] = [newId(), newId(), newId()]
  await promised([one], [two, three])
  expect([woken, subjects()]).toEqual([[[one, two, three]], []])
  await promised([one])
  expect(woken).toHaveLength(2)
})

test('no message names more rows than its reader takes', async () => {
  const ids = Array.from({ length: 230 }, newId)
  await promised(...ids.map((id) => [id]))
  expect(woken.map((rows) => rows.length)).toEqual([100, 100, 30])
  expect(woken.flat()).toEqual(ids)
})

test('nobody is told of nothing', async () => {
  await promised([])
  expect(woken).toEqual([])
})

test('a request that does not know what it wrote looks for what is due', async () => {
  const receipt = await promiseBatch(t, services.config, 'camille@example.com')
  await promiseCode(t, services)
  await promised(null)
  expect([woken, subjects()]).toEqual([[[receipt]], ['Code']])
})

test('a queue that takes nothing, or none, keeps no mail: the request sends it', async () => {
  for (const wakeSender of [() => Promise.reject(new Error('The queue is down.')), null]) {
    services.runtime.wakeSender = wakeSender
    await promised([await promiseBatch(t, services.config, 'camille@example.com')])
  }
  expect(subjects()).toEqual(['Reçu', 'Reçu'])
})
