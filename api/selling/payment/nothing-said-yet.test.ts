import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { expectBooksBalanced } from '#db/ledger/verify.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { order, readCheckout, startCheckout, typeCard, untilStep } from '#dev/testing/buy.ts'
import { deliverEvent, intentOf } from '#dev/testing/events.ts'
import { makeOffer } from '#dev/testing/people.ts'
import { startSite, type Site } from '#dev/testing/site.ts'

const MINUTE_MS = 60_000

let t: TestDatabase
let site: Site

beforeAll(async () => {
  t = await testDatabase()
  site = await startSite(t)
  // Our endpoint is made to hear what is read; one that was made by hand may hear everything.
  const { STAM_ORIGIN, PROCESSOR_WEBHOOK_SECRET: secret } = site.services.config
  site.processor.tellTo({ url: `${STAM_ORIGIN}/webhooks/processor`, secret, events: ['*'] })
})
afterEach(async () => {
  site.vault.faults.clear()
  site.processor.faults.clear()
  await expectBooksBalanced(t.admin)
})
afterAll(async () => {
  await site.stop()
  await t.close()
})

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * MINUTE_MS)

/** An order whose charge went through at the processor, whose vault is silent, and of whose events those that match `lost` never come. */
async function ordered(email: string, lost: string, plan: Parameters<typeof makeOffer>[1] = {}) {
  const offer = await makeOffer(t.db, plan)
  const buyer = site.stam()
  const { id } = await startCheckout(buyer, { buttonKey: offer.button.buttonKey, email })
  await typeCard(buyer, id, '4242424242424242')
  const review = await untilStep(buyer, id, ['REVIEW'])
  site.vault.faults.arm({ fault: 'webhook_lost', match: 'charge' })
  site.processor.faults.arm({ fault: 'webhook_lost', match: lost, times: 9 })
  expect((await order(buyer, review)).status).toBe(202)
  const [attempt] = await t.admin<{ id: string }>(`select id from payment_attempts where "checkoutSessionId" = $1`, [id])
  const attemptId = attempt?.id ?? ''
  await expect
    .poll(() => [...site.processor.shop.books.intents.values()].filter(({ intent }) => intent.metadata['attemptId'] === attemptId).length)
    .toBe(1)
  await expect.poll(() => site.processor.sender.deliveries.every(({ done }) => done)).toBe(true)
  return { buyer, review, attemptId }
}

/** Sums taken for this order at the processor. */
async function charges(checkoutId: string): Promise<number> {
  const attempts = await t.admin<{ id: string }>(`select id from payment_attempts where "checkoutSessionId" = $1`, [checkoutId])
  const ours = new Set(attempts.map(({ id }) => id))
  return [...site.processor.shop.books.intents.values()].filter(
    ({ intent }) => intent.status === 'succeeded' && ours.has(intent.metadata['attemptId'] ?? ''),
  ).length
}

test.each([
  ['charge', {}],
  ['set-up', { plan: { priceAmount: 2900, trialDays: 7 } }],
] as const)('the news that a %s was created is no answer: the order waits, and a second press charges nothing', async (kind, plan) => {
  const { buyer, review } = await ordered(`created-${kind}@buyers.test`, 'succeeded', plan)
  expect(site.processor.sender.deliveries.at(-2)).toMatchObject({ kind: expect.stringMatching(/\.created$/), status: 200 })
  const { step } = await readCheckout(buyer, review.id)
  const press = (await order(buyer, review)).status
  await site.cron('*/5 * * * *', inMinutes(6))
  await untilStep(buyer, review.id, ['PAID'])
  expect({ step, press, charges: await charges(review.id) }).toEqual({ step: 'PAYING', press: 409, charges: 1 })
})

test('whatever else the processor tells of a payment is no answer either', async () => {
  const { buyer, review, attemptId } = await ordered('others@buyers.test', 'payment_intent')
  const object = { ...intentOf(site, attemptId), status: 'canceled' }
  for (const type of ['payment_intent.amount_capturable_updated', 'payment_intent.partially_funded', 'payment_intent.anything_new'])
    expect(await deliverEvent(site, { type, object })).toEqual({ status: 200, body: { outcome: 'ignored' } })
  expect((await readCheckout(buyer, review.id)).step).toBe('PAYING')
})

test('a payment that waits for a card without a refusal is asked for again, and closed after an hour', async () => {
  const { buyer, review, attemptId } = await ordered('unconfirmed@buyers.test', 'payment_intent')
  const intent = intentOf(site, attemptId)
  Object.assign(intent, { status: 'requires_payment_method', last_payment_error: null, amount_received: 0 })
  await site.cron('*/5 * * * *', inMinutes(6))
  expect((await readCheckout(buyer, review.id)).step).toBe('PAYING')
  await site.cron('*/5 * * * *', inMinutes(70))
  expect(intent.status).toBe('canceled')
  expect(await t.admin(`select status, "declineCode" from payment_attempts where id = $1`, [attemptId])).toEqual([
    { status: 'DECLINED', declineCode: 'canceled' },
  ])
})

test('the search only tells which payment it was; how it stands is asked of the payment itself', async () => {
  const { buyer, review } = await ordered('search@buyers.test', 'payment_intent')
  await site.cron('*/5 * * * *', inMinutes(6))
  expect((await readCheckout(buyer, review.id)).step).toBe('PAID')
  expect(await charges(review.id)).toBe(1)
})
