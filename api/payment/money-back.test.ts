import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { expectBooksBalanced } from '#db/verify.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { newId } from '#domain/id.ts'
import { request } from '#dev/http-client.ts'
import { buy } from '#dev/testing/buy.ts'
import { deliverEvent, deliverSigned, intentOf } from '#dev/testing/events.ts'
import { makeOffer } from '#dev/testing/people.ts'
import { startSite, type Site } from '#dev/testing/site.ts'

const DAY_MS = 86_400_000

let t: TestDatabase
let site: Site

beforeAll(async () => {
  t = await testDatabase()
  site = await startSite(t)
})
afterEach(async () => {
  site.processor.faults.clear()
  await expectBooksBalanced(t.admin)
})
afterAll(async () => {
  await site.stop()
  await t.close()
})

interface Stored {
  eventType: string
  outcome: string
  attemptId: string | null
  processorId: string | null
  payload: { id: string; data: { object: Record<string, unknown> } }
  handledAt: Date | null
}

const storedOf = (processorId: string) =>
  t.admin<Stored & Record<string, unknown>>(`select * from webhook_inbox where "processorId" = $1 order by "eventType"`, [processorId])
const storedAs = (eventId: string) =>
  t.admin<Stored & { size: number }>(`select *, length(payload::text) as size from webhook_inbox where "eventId" = $1`, [eventId])

/** A sale, and the processor's name for its payment. */
async function sold() {
  const { button } = await makeOffer(t.db)
  const { id } = await buy(site.stam(), { buttonKey: button.buttonKey, email: `${newId()}@buyers.test` })
  const [attempt] = await t.admin<{ id: string }>(`select id from payment_attempts where "checkoutSessionId" = $1`, [id])
  const attemptId = attempt?.id ?? ''
  return { attemptId, processorId: intentOf(site, attemptId).id }
}

/** Somebody gives money back in the processor's own pages. */
async function refundThere(processorId: string, amountCents: number) {
  const answer = await request(`${site.processor.url}/v1/refunds`, {
    method: 'POST',
    headers: { authorization: 'Bearer processor-key', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ payment_intent: processorId, amount: String(amountCents) }).toString(),
  })
  expect(answer.status).toBe(200)
}

function disputeThere(processorId: string) {
  return request(`${site.processor.url}/_disputes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ payment_intent: processorId }),
  })
}

test('a refund and a dispute that began at the processor are kept as they came, with the attempt that they are about', async () => {
  const { attemptId, processorId } = await sold()
  await refundThere(processorId, 1000)
  expect((await disputeThere(processorId)).status).toBe(200)
  await expect.poll(async () => (await storedOf(processorId)).length).toBe(3)
  const rows = await storedOf(processorId)
  expect(rows.map(({ eventType }) => eventType)).toEqual(['charge.dispute.created', 'charge.refunded', 'refund.created'])
  for (const row of rows) expect(row).toMatchObject({ source: 'processor', outcome: 'stored', attemptId, handledAt: null })
  expect(rows.map(({ payload }) => payload.data.object)).toMatchObject([
    { object: 'dispute', reason: 'fraudulent', amount: 4900 },
    { object: 'charge', amount_refunded: 1000 },
    { object: 'refund', amount: 1000, status: 'succeeded' },
  ])
})

test('however often it is delivered, it is kept once', async () => {
  const { processorId } = await sold()
  site.processor.faults.arm({ fault: 'webhook_duplicate', copies: 20, match: 'charge.dispute' })
  await disputeThere(processorId)
  const disputes = () => site.processor.courier.deliveries.filter(({ kind }) => kind === 'charge.dispute.created').slice(-20)
  await expect.poll(() => disputes().length === 20 && disputes().every(({ done }) => done), { timeout: 10_000 }).toBe(true)
  expect(disputes().map(({ status, tries }) => [status, tries])).toEqual(Array.from({ length: 20 }, () => [200, 1]))
  expect(await storedOf(processorId)).toHaveLength(1)
})

test.each(['refund.created', 'refund.a_later_kind', 'charge.refunded', 'charge.refund.updated', 'charge.dispute.a_later_kind'])(
  'a %s that nobody can read is kept all the same',
  async (type) => {
    const { attemptId, processorId } = await sold()
    const [ours, anybodys] = [`evt_${newId()}`, `evt_${newId()}`]
    const object = {
      payment_intent: processorId,
      amount: 'ten',
      note: 'a\u0000b \ud800',
      ['deep']: JSON.parse('['.repeat(60) + ']'.repeat(60)),
    }
    expect(await deliverEvent(site, { type, object, id: ours })).toEqual({ status: 200, body: { outcome: 'stored' } })
    expect(await storedAs(ours)).toMatchObject([
      { eventType: type, attemptId, outcome: 'stored', payload: { data: { object: { amount: 'ten' } } } },
    ])
    expect(await deliverEvent(site, { type, object: { shape: 'new' }, id: anybodys })).toEqual({
      status: 200,
      body: { outcome: 'unreadable' },
    })
    expect(await deliverEvent(site, { type, object: { shape: 'new' }, id: anybodys })).toEqual({ status: 200, body: { outcome: 'repeat' } })
    expect(await storedAs(anybodys)).toMatchObject([
      { outcome: 'unreadable', attemptId: null, payload: { data: { object: { shape: 'new' } } } },
    ])
  },
)

test('what another business of the account gives back is marked as such, and only its outline is kept', async () => {
  const person = { email: 'somebody@else.test', name: 'x'.repeat(30_000) }
  const refund = { id: 're_1', object: 'refund', amount: 500, currency: 'eur', status: 'succeeded', metadata: person }
  for (const payment of [null, 'pi_of_another_business']) {
    const id = `evt_${newId()}`
    expect(await deliverEvent(site, { type: 'refund.created', object: { ...refund, payment_intent: payment }, id })).toMatchObject({
      body: { outcome: 'foreign' },
    })
    const [row] = await storedAs(id)
    expect(row).toMatchObject({ outcome: 'foreign', attemptId: null, processorId: payment, payload: { data: { object: { amount: 500 } } } })
    expect(row?.size).toBeLessThan(500)
    expect(JSON.stringify(row?.payload)).not.toContain('else.test')
  }
})

test('what gives nothing back is not kept, and what nobody signed is not either', async () => {
  const before = await t.admin(`select from webhook_inbox where payload is not null`)
  for (const type of ['customer.created', 'charge.succeeded', 'payout.paid', 'payment_intent.created'])
    expect(await deliverEvent(site, { type, object: { id: 'x', payment_intent: 'pi_1' } })).toEqual({
      status: 200,
      body: { outcome: 'ignored' },
    })
  expect((await deliverSigned(site, '{"type":"refund.created"}')).status).toBe(422)
  const forged = await request(`${site.services.config.STAM_ORIGIN}/webhooks/processor`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'stripe-signature': `t=${Math.floor(Date.now() / 1000)},v1=${'0'.repeat(64)}` },
    body: JSON.stringify({ id: 'evt_forged', type: 'refund.created', created: 1, data: { object: {} } }),
  })
  expect(forged.status).toBe(403)
  expect(await t.admin(`select from webhook_inbox where payload is not null`)).toHaveLength(before.length)
})

test('the nightly cleaning leaves what nobody has dealt with, and takes it after that', async () => {
  const { processorId, attemptId } = await sold()
  await disputeThere(processorId)
  await expect.poll(async () => (await storedOf(processorId)).length).toBe(1)
  const payments = () => t.admin(`select from webhook_inbox where "attemptId" = $1 and payload is null`, [attemptId])
  expect((await payments()).length).toBeGreaterThan(0)
  const later = new Date(Date.now() + 400 * DAY_MS)
  await site.cron('15 3 * * *', later)
  expect([(await payments()).length, (await storedOf(processorId)).length]).toEqual([0, 1])
  await t.admin(`update webhook_inbox set "handledAt" = "receivedAt" where "processorId" = $1`, [processorId])
  await site.cron('15 3 * * *', later)
  expect(await storedOf(processorId)).toEqual([])
})
