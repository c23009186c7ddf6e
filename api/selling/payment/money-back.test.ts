import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { newId } from '#db/id.ts'
import { expectBooksBalanced } from '#db/ledger/verify.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { request } from '#dev/http-client.ts'
import { buy } from '#dev/testing/buy.ts'
import { deliverEvent, deliverSigned, intentOf } from '#dev/testing/events.ts'
import { makeOffer, makePerson } from '#dev/testing/people.ts'
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
    headers: { authorization: `Bearer ${site.services.config.PROCESSOR_OWN_KEY}`, 'content-type': 'application/x-www-form-urlencoded' },
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
  const disputes = () => site.processor.sender.deliveries.filter(({ kind }) => kind === 'charge.dispute.created').slice(-20)
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
    // One that names no payment can never become ours: it waits for nobody.
    expect(row?.handledAt === null).toBe(payment !== null)
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

test('what another business gave back goes after 90 days though nobody deals with it, but not what became ours', async () => {
  const { processorId } = await sold()
  const object = { id: 're_foreign', amount: 500, currency: 'eur', status: 'succeeded', metadata: {} }
  for (const payment of [null, 'pi_never_ours', processorId])
    await deliverEvent(site, { type: 'refund.created', object: { ...object, payment_intent: payment }, id: `evt_foreign_${payment}` })
  // As a refund stands that arrived before its payment did.
  await t.admin(`update webhook_inbox set outcome = 'foreign', "attemptId" = null where "eventId" = $1`, [`evt_foreign_${processorId}`])
  const left = async () =>
    (await t.admin<{ eventId: string }>(`select "eventId" from webhook_inbox where "eventId" like 'evt_foreign_%'`)).length
  await site.cron('15 3 * * *', new Date(Date.now() + 80 * DAY_MS))
  expect(await left()).toBe(3)
  await site.cron('15 3 * * *', new Date(Date.now() + 100 * DAY_MS))
  expect(await left()).toBe(1)
  expect(await storedAs(`evt_foreign_${processorId}`)).toHaveLength(1)
})

test('messages of other businesses are no part of what is looked through at each look at the overview', async () => {
  const [index] = await t.admin<{ indexdef: string }>(`select indexdef from pg_indexes where indexname = 'webhook_inbox_open_idx'`)
  expect(index?.indexdef).toMatch(/outcome <> 'foreign'/)
})

test('each owner is mailed of a new dispute, once, however often and in however many messages it is told', async () => {
  await makePerson(t.db, { userType: 'OWNER', email: 'owner@weokto.test', locale: 'fr' })
  await makePerson(t.db, { userType: 'OWNER', email: 'partner@weokto.test', locale: 'en' })
  await makePerson(t.db, { userType: 'ADMIN', email: 'admin@weokto.test' })
  const { processorId } = await sold()
  const about = { payment_intent: processorId, amount: 4900, currency: 'eur', reason: 'fraudulent' }
  const dispute = (id: string, status: string) => ({ ...about, id, object: 'dispute', status })
  const created = { type: 'charge.dispute.created', object: dispute('dp_mail', 'needs_response'), id: 'evt_dp_mail' }
  await Promise.all([
    deliverEvent(site, created),
    deliverEvent(site, { ...created, type: 'charge.dispute.funds_withdrawn', id: 'evt_dp_funds' }),
    deliverEvent(site, created),
  ])
  await deliverEvent(site, { ...created, type: 'charge.dispute.updated', object: dispute('dp_mail', 'under_review'), id: 'evt_dp_later' })
  // Neither one that is over before anybody heard of it, nor a refund, nor another business's asks for an answer.
  await deliverEvent(site, { type: 'charge.dispute.closed', object: dispute('dp_over', 'won') })
  await deliverEvent(site, {
    type: 'charge.dispute.created',
    object: { ...dispute('dp_foreign', 'needs_response'), payment_intent: 'pi_else' },
  })
  await site.services.runtime.settled()
  const mailsTo = (email: string) => site.mailbox.mails.list(email)
  expect(mailsTo('owner@weokto.test').map(({ subject }) => subject)).toEqual([
    'Contestation de 49,00\u00a0€\u00a0: répondez avant la date limite du processeur',
  ])
  expect(mailsTo('partner@weokto.test').map(({ subject }) => subject)).toEqual([
    'Dispute of €49.00: answer before the processor’s deadline',
  ])
  expect(mailsTo('owner@weokto.test')[0]?.text).toContain(processorId)
  expect(mailsTo('admin@weokto.test')).toEqual([])
  // Long after, when the promise to mail is forgotten, news of it is no new dispute.
  await t.admin(`delete from outbox`)
  await deliverEvent(site, { ...created, type: 'charge.dispute.updated', id: 'evt_dp_long_after' })
  await site.services.runtime.settled()
  expect(mailsTo('owner@weokto.test')).toHaveLength(1)
  // One that nobody can read may have a deadline all the same.
  await deliverEvent(site, { type: 'charge.dispute.created', object: { id: 'dp_new_shape', payment_intent: processorId } })
  await site.services.runtime.settled()
  expect(mailsTo('partner@weokto.test').map(({ subject }) => subject)).toContain('A new dispute: answer before the processor’s deadline')
})
