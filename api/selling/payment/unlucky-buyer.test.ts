import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { expectBooksBalanced } from '#db/ledger/verify.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import {
  beginCheckout,
  buy,
  mailedCode,
  openCardForm,
  order,
  readCheckout,
  startCheckout,
  typeCard,
  typedAnew,
  typeInto,
  untilStep,
} from '#dev/testing/buy.ts'
import { makeOffer } from '#dev/testing/people.ts'
import { testContext } from '#dev/testing/services.ts'
import { startSite, type Site } from '#dev/testing/site.ts'
import { settlePayment } from './settle-payment.ts'

const GOOD = '4242424242424242'
const REFUSED = '4000000000000002'

let t: TestDatabase
let site: Site

beforeAll(async () => {
  t = await testDatabase()
  site = await startSite(t)
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

/** An order page of its own browser, with this card. */
async function reviewed(buttonKey: string, email: string, card: string) {
  const buyer = site.stam()
  const { id } = await startCheckout(buyer, { buttonKey, email })
  await typeCard(buyer, id, card)
  return { buyer, review: await untilStep(buyer, id, ['REVIEW']) }
}

const invoicesOf = (email: string) =>
  t.admin<{ status: string; kind: string }>(
    `select i.status, i.kind from invoices i join customers c on c.id = i."customerId" join stam_users u on u.id = c."stamUserId" where u.email = $1 order by i."createdAt"`,
    [email],
  )

test('whoever was refused and left can buy later, in another browser; the abandoned order is void and asks no more', async () => {
  const offer = await makeOffer(t.db)
  const { buttonKey } = offer.button
  const refused = await buy(site.stam(), { buttonKey, email: 'later@buyers.test' }, REFUSED)
  expect(refused.step).toBe('DECLINED')
  expect((await buy(site.stam(), { buttonKey, email: 'later@buyers.test' })).step).toBe('PAID')
  expect((await invoicesOf('later@buyers.test')).map(({ status }) => status)).toEqual(['VOID', 'PAID'])
})

test('an order that may still be paid is never made void by a second one', async () => {
  const offer = await makeOffer(t.db)
  const { buttonKey } = offer.button
  const asked = await buy(site.stam(), { buttonKey, email: 'two-tabs@buyers.test' }, '4000002500003155')
  expect(asked.step).toBe('BANK')
  const { buyer, review } = await reviewed(buttonKey, 'two-tabs@buyers.test', GOOD)
  expect((await order(buyer, review)).status).toBe(409)
  expect((await invoicesOf('two-tabs@buyers.test')).map(({ status }) => status)).toEqual(['PENDING', 'DRAFT'])
})

test('one trial per card: neither a refused first card nor two checkouts at once give a second', async () => {
  const offer = await makeOffer(t.db, { plan: { priceAmount: 2900, trialDays: 7 } })
  const { buttonKey } = offer.button
  // Both order pages promise a trial before either began.
  const one = await reviewed(buttonKey, 'trial-one@buyers.test', GOOD)
  const two = await reviewed(buttonKey, 'trial-two@buyers.test', GOOD)
  const answers = await Promise.all([one, two].map(({ buyer, review }) => order(buyer, review)))
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([202, 410])
  const loser = answers[0]?.status === 410 ? one : two
  expect((await readCheckout(loser.buyer, loser.review.id)).step).toBe('EXPIRED')
  const winner = loser === one ? two : one
  await untilStep(winner.buyer, winner.review.id, ['PAID'])

  // A fresh card that is refused drafts a trial; the card that had one already does not inherit it.
  const third = site.stam()
  const refused = await buy(third, { buttonKey, email: 'trial-three@buyers.test' }, REFUSED)
  expect(refused).toMatchObject({ step: 'DECLINED', summary: { dueTodayCents: 0 } })
  await typeCard(third, refused.id, GOOD)
  expect(await untilStep(third, refused.id, ['REVIEW'])).toMatchObject({ summary: { dueTodayCents: 2900 } })
  expect(await t.admin(`select status from customers where "productId" = $1 and "trialUsedAt" is not null`, [offer.product.id])).toEqual([
    { status: 'TRIAL' },
  ])
  // Starting again, they are told the price that is due.
  const again = await reviewed(buttonKey, 'trial-three@buyers.test', GOOD)
  expect(again.review.summary.dueTodayCents).toBe(2900)
})

test('a card typed while another is being charged does not take its place', async () => {
  const offer = await makeOffer(t.db)
  const { buyer, review } = await reviewed(offer.button.buttonKey, 'swap@buyers.test', GOOD)
  const form = await openCardForm(buyer, review.id)
  site.vault.faults.arm({ fault: 'webhook_lost' })
  site.processor.faults.arm({ fault: 'webhook_lost', times: 5 })
  expect((await order(buyer, review)).status).toBe(202)
  await typeInto(form, '5555555555554444')
  await expect.poll(() => site.vault.sender.deliveries.every((delivery) => delivery.done)).toBe(true)
  await site.cron('*/5 * * * *', new Date(Date.now() + 6 * 60_000))
  await untilStep(buyer, review.id, ['PAID'])
  expect(
    await t.admin(`select c.last4 from customers c join checkout_sessions s on s."customerId" = c.id where s.id = $1`, [review.id]),
  ).toEqual([{ last4: '4242' }])
})

test('a guild tier is bought on weokto.com: its buyer is a member there, paid for by the StamUser of that address', async () => {
  const offer = await makeOffer(t.db, { community: { platform: 'WEOKTO' }, plan: { priceAmount: 2900 } })
  const buyer = site.weokto()
  const { id, email, step } = await beginCheckout(buyer, { buttonKey: offer.button.buttonKey, email: 'guild@buyers.test' })
  expect(step).toBe('IDENTIFY')
  expect((await buyer.post(`/api/checkouts/${id}/code`, { code: await mailedCode(buyer, { id, email }) })).status).toBe(200)
  await typeCard(buyer, id, GOOD)
  expect((await order(buyer, await untilStep(buyer, id, ['REVIEW']))).status).toBe(202)
  await untilStep(buyer, id, ['PAID'])
  expect((await buyer.post(`/api/checkouts/${id}/enter`, {})).status).toBe(200)
  expect(await (await buyer.get('/api/me')).json()).toMatchObject({
    platform: 'WEOKTO',
    user: { email: 'guild@buyers.test', role: 'CLIENT' },
  })
  const account = (await (await buyer.get('/api/account')).json()) as { purchases: unknown[] }
  expect(account.purchases).toHaveLength(1)
})

test('an answer that names other money does not reopen a refused attempt, so the next try goes through', async () => {
  const offer = await makeOffer(t.db)
  const buyer = site.stam()
  const refused = await buy(buyer, { buttonKey: offer.button.buttonKey, email: 'other-money@buyers.test' }, REFUSED)
  const [attempt] = await t.admin<{ id: string; invoiceId: string }>(
    `select id, "invoiceId" from payment_attempts where "checkoutSessionId" = $1`,
    [refused.id],
  )
  const about = { attemptId: attempt?.id ?? '', invoiceId: attempt?.invoiceId ?? '' }
  const answer = {
    kind: 'succeeded' as const,
    intent: 'CHARGE' as const,
    processorId: 'pi_other',
    processorStatus: 'succeeded',
    amountCents: 490,
    currency: 'EUR',
    ...about,
  }
  expect(await settlePayment(testContext(site.services, new Date()), { attemptId: about.attemptId, answer })).toMatchObject({
    outcome: 'mismatch',
  })
  await typeCard(buyer, refused.id, GOOD)
  expect((await order(buyer, await untilStep(buyer, refused.id, ['REVIEW']))).status).toBe(202)
  await untilStep(buyer, refused.id, ['PAID'])
})

test('a trial that was drafted stays the trial that it was, even when its buyer is returning by the time it is paid', async () => {
  const offer = await makeOffer(t.db, { plan: { priceAmount: 2900, trialDays: 7 } })
  const { buyer, review } = await reviewed(offer.button.buttonKey, 'no-free-month@buyers.test', '5555555555554444')
  site.vault.faults.arm({ fault: 'webhook_lost' })
  site.processor.faults.arm({ fault: 'webhook_lost', times: 5 })
  expect((await order(buyer, review)).status).toBe(202)
  await t.admin(`update customers set status = 'EXPIRED' where "productId" = $1`, [offer.product.id])
  await site.cron('*/5 * * * *', new Date(Date.now() + 6 * 60_000))
  await untilStep(buyer, review.id, ['PAID'])
  expect(
    await t.admin(`select status, "currentPeriodEnd" = "trialEndsAt" as "endsWithTrial" from customers where "productId" = $1`, [
      offer.product.id,
    ]),
  ).toEqual([{ status: 'TRIAL', endsWithTrial: true }])
})

test('orders of one checkout are bounded: it is no machine for trying stolen cards', async () => {
  const offer = await makeOffer(t.db)
  const { buyer, review } = await reviewed(offer.button.buttonKey, 'tester@buyers.test', typedAnew(REFUSED))
  const statuses: number[] = []
  for (let i = 0; i < 4; i++) {
    statuses.push((await order(buyer, review)).status)
    await untilStep(buyer, review.id, ['DECLINED', 'IDENTIFY'])
  }
  expect(statuses).toEqual([202, 202, 202, 403])
})
