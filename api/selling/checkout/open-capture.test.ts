import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { DEFAULT_POLICY } from '#domain/base/policy.ts'
import { buy, openCardForm, order, readCheckout, startCheckout, typeCard, typeInto, untilStep } from '#dev/testing/buy.ts'
import { makeOffer } from '#dev/testing/people.ts'
import { startSite, type Site } from '#dev/testing/site.ts'

const GOOD = '4242424242424242'
const OTHER = '5555555555554444'

let t: TestDatabase
let site: Site

beforeAll(async () => {
  t = await testDatabase()
  site = await startSite(t)
})
afterEach(() => {
  site.vault.faults.clear()
  site.processor.faults.clear()
})
afterAll(async () => {
  await site.stop()
  await t.close()
})

/** The endpoints of a checkout that a card could be posted to at the vault right now. */
const usable = (checkoutId: string) => [...site.vault.vault.captures.values()].filter(({ reference }) => reference === checkoutId)

const noneLeft = (checkoutId: string) => expect.poll(() => usable(checkoutId).length).toBe(0)

async function opened(email: string) {
  const { button } = await makeOffer(t.db)
  const buyer = site.stam()
  const { id } = await startCheckout(buyer, { buttonKey: button.buttonKey, email })
  return { buyer, id }
}

test('sixty card forms asked for at once: at most twenty in a life, and one that can be used', async () => {
  const { buyer, id } = await opened('sixty@buyers.test')
  const answers = await Promise.all(Array.from({ length: 60 }, () => buyer.post(`/api/checkouts/${id}/capture`, {})))
  const statuses = answers.map(({ status }) => status)
  const made = await t.admin<{ n: number; open: number }>(
    `select count(*)::int as n, count(*) filter (where "closedAt" is null)::int as open from capture_sessions where "checkoutSessionId" = $1`,
    [id],
  )
  expect(made).toEqual([{ n: DEFAULT_POLICY.checkout.capturesMost, open: 1 }])
  await site.services.runtime.settled()
  // What no request sent at once is left to the five-minute job.
  await site.cron('*/5 * * * *', new Date())
  expect(usable(id)).toHaveLength(1)
  // Whoever was told of a form was told of one that the vault still has, or of one that another closed a moment later.
  expect(statuses.filter((status) => status === 201).length).toBeGreaterThan(0)
  expect(statuses.filter((status) => ![201, 409, 429].includes(status))).toEqual([])
  expect(await answers.find(({ status }) => status === 429)?.json()).toMatchObject({ error: { code: 'card_forms_used_up' } })
})

test('opening a card form closes the one before it, at the vault too; a card that was on its way from it is not taken', async () => {
  const { buyer, id } = await opened('two-forms@buyers.test')
  const first = await openCardForm(buyer, id)
  // The card is posted, and its webhook comes only after the buyer has opened another form.
  site.vault.faults.arm({ fault: 'webhook_late', delayMs: 1_500 })
  await typeInto(first, OTHER)
  const second = await openCardForm(buyer, id)
  await site.services.runtime.settled()
  await expect.poll(() => usable(id).length).toBe(1)
  await expect.poll(() => site.vault.sender.deliveries.at(-1)?.status, { timeout: 10_000 }).toBe(200)
  expect((await readCheckout(buyer, id)).card).toBeNull()
  await typeInto(second, GOOD)
  expect((await untilStep(buyer, id, ['REVIEW'])).card?.last4).toBe('4242')
  await noneLeft(id)
})

test('a form that stayed open while another card was charged is closed and deleted when a card comes from it', async () => {
  const { buyer, id } = await opened('late@buyers.test')
  await typeCard(buyer, id, GOOD)
  const review = await untilStep(buyer, id, ['REVIEW'])
  const form = await openCardForm(buyer, id)
  site.vault.faults.arm({ fault: 'webhook_lost', match: 'charge' })
  site.processor.faults.arm({ fault: 'webhook_lost', times: 5 })
  expect((await order(buyer, review)).status).toBe(202)
  expect(usable(id)).toHaveLength(1)
  await typeInto(form, OTHER)
  await noneLeft(id)
  expect(
    await t.admin(`select count(*)::int as n from capture_sessions where "checkoutSessionId" = $1 and "closedAt" is null`, [id]),
  ).toEqual([{ n: 0 }])
  expect((await readCheckout(buyer, id)).card?.last4).toBe('4242')
})

test('a vault that does not answer leaves nothing open and keeps nobody from trying again', async () => {
  const { buyer, id } = await opened('dead-vault@buyers.test')
  site.vault.faults.arm({ fault: 'dead' })
  expect((await buyer.post(`/api/checkouts/${id}/capture`, {})).status).toBe(503)
  expect(
    await t.admin(`select count(*)::int as n from capture_sessions where "checkoutSessionId" = $1 and "closedAt" is null`, [id]),
  ).toEqual([{ n: 0 }])
  await typeCard(buyer, id, GOOD)
  await untilStep(buyer, id, ['REVIEW'])
})

test('an endpoint that the vault names only after another was opened is deleted all the same', async () => {
  const { buyer, id } = await opened('slow-vault@buyers.test')
  site.vault.faults.arm({ fault: 'slow', delayMs: 2_500 })
  const slow = buyer.post(`/api/checkouts/${id}/capture`, {})
  await expect.poll(() => t.admin(`select 1 from capture_sessions where "checkoutSessionId" = $1`, [id])).toHaveLength(1)
  const form = await openCardForm(buyer, id)
  const answer = await slow
  expect([answer.status, await answer.json()]).toMatchObject([409, { error: { code: 'card_form_replaced' } }])
  await site.services.runtime.settled()
  await expect.poll(() => usable(id).map((one) => one.id)).toEqual([form.searchParams.get('unique_id')])
})

test('one network opens so many card forms in an hour and no more', async () => {
  const { buyer, id } = await opened('network@buyers.test')
  await openCardForm(buyer, id)
  await t.admin(`update rate_limits set count = $1 where key like 'capture-from:%'`, [DEFAULT_POLICY.checkout.capturesPerNetworkHour])
  const answer = await buyer.post(`/api/checkouts/${id}/capture`, {})
  expect(answer.status).toBe(429)
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  await t.admin(`delete from rate_limits`)
  expect((await buy(site.stam(), { buttonKey: (await makeOffer(t.db)).button.buttonKey, email: 'after@buyers.test' })).step).toBe('PAID')
})
