import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { promiseBatch } from '#api/outbox/testing.ts'
import { Person } from '#dev/http-client.ts'
import { startMailbox, type RunningMailbox } from '#dev/stand-ins/mailbox/server.ts'
import { startEdge, type WorkerEdge } from './edge.ts'

const API_KEY = 're_of_this_test'
const Config = z.object({ SEAL_KEY: z.string(), EMAIL_FROM_WEOKTO: z.string() })
const Queue = z.object({ send: z.custom<(message: unknown) => Promise<unknown>>((value) => typeof value === 'function') })

let t: TestDatabase
let mailbox: RunningMailbox
let edge: WorkerEdge
beforeAll(async () => {
  ;[t, mailbox] = await Promise.all([testDatabase(), startMailbox({ apiKey: API_KEY })])
  edge = await startEdge({ ...t, environment: { EMAIL_BASE_URL: mailbox.url, EMAIL_API_KEY: API_KEY } })
})
afterAll(async () => {
  await edge.stop()
  await mailbox.stop()
  await t.close()
})

const comesTo = (address: string) => expect.poll(() => mailbox.mails.list(address).length, { timeout: 10_000 }).toBe(1)

test('on workerd a request’s code goes at once, and the sender behind the queue sends what else is due, without any schedule', async () => {
  const row = await promiseBatch(t, Config.parse(edge.environment), 'receipt@people.test')
  expect((await new Person(edge.stam).post('/api/sign-in', { email: 'code@people.test' })).status).toBe(202)
  await comesTo('code@people.test')
  await comesTo('receipt@people.test')
  await expect.poll(() => t.admin('select id from outbox where id = $1 and "sentAt" is not null', [row])).toHaveLength(1)
  expect(await t.admin('select job from heartbeats')).toEqual([])
})

test('on workerd a message that is doubled sends a mail once', async () => {
  const row = await promiseBatch(t, Config.parse(edge.environment), 'twice@people.test')
  const { send } = Queue.parse((await edge.bindings())['MAILS'])
  await Promise.all([send({ rows: [row] }), send({ rows: [row] }), send('nothing that can be read')])
  await comesTo('twice@people.test')
  const after = await promiseBatch(t, Config.parse(edge.environment), 'after@people.test')
  await send({ rows: [row, after] })
  await comesTo('after@people.test')
  await comesTo('twice@people.test')
})
