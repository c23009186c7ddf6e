import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { expectBooksBalanced } from '#db/ledger/verify.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import type { Person } from '#dev/http-client.ts'
import { buy, openCardForm, order, startCheckout, typeCard, typedAnew, typeInto, untilStep, type CheckoutOnWire } from '#dev/testing/buy.ts'
import { makeOffer } from '#dev/testing/people.ts'
import { startSite, type Site } from '#dev/testing/site.ts'

const GOOD = '4242424242424242'
const OTHER = '5555555555554444'
const REFUSED = '4000000000000002'
const ASKS_BANK = '4000002500003155'

let t: TestDatabase
let site: Site

beforeAll(async () => {
  t = await testDatabase()
  site = await startSite(t)
})
afterEach(async () => {
  site.vault.faults.clear()
  site.processor.faults.clear()
  await allTold()
  await expectBooksBalanced(t.admin)
})
afterAll(async () => {
  await site.stop()
  await t.close()
})

/** Every message of the vault and of the processor has been taken. */
const allTold = () =>
  expect
    .poll(() => [...site.vault.sender.deliveries, ...site.processor.sender.deliveries].every(({ done }) => done), { timeout: 10_000 })
    .toBe(true)

const trialOffer = (plan: object = {}) => makeOffer(t.db, { plan: { priceAmount: 2900, trialDays: 7, ...plan } })

/** An order page of its own browser, with this card typed exactly so. */
async function reviewed(buttonKey: string, email: string, card: string) {
  const buyer = site.stam()
  const { id } = await startCheckout(buyer, { buttonKey, email })
  await typeInto(await openCardForm(buyer, id), card)
  return { buyer, id, review: await untilStep(buyer, id, ['REVIEW']) }
}

async function ordered(buyer: Person, review: CheckoutOnWire): Promise<CheckoutOnWire> {
  const answer = await order(buyer, review)
  if (answer.status !== 202) throw new Error(`The order was refused: ${answer.status} ${await answer.text()}`)
  return untilStep(buyer, review.id, ['PAID', 'DECLINED', 'BANK', 'UNCERTAIN'])
}

const trialsOf = (productId: string) =>
  t.admin<{ email: string; status: string }>(
    `select u.email::text, c.status from customers c join stam_users u on u.id = c."stamUserId" where c."productId" = $1 and c."trialUsedAt" is not null order by 1`,
    [productId],
  )

test('a clean second card gets the trial that the first one in the same checkout had used up', async () => {
  const { product, button } = await trialOffer()
  await buy(site.stam(), { buttonKey: button.buttonKey, email: 'used@buyers.test' }, GOOD)
  const { buyer, id, review } = await reviewed(button.buttonKey, 'clean@buyers.test', GOOD)
  expect(review.summary.dueTodayCents).toBe(2900)
  await typeCard(buyer, id, OTHER)
  await expect.poll(async () => (await untilStep(buyer, id, ['REVIEW'])).card?.last4).toBe('4444')
  const again = await untilStep(buyer, id, ['REVIEW'])
  expect(again.summary.dueTodayCents).toBe(0)
  expect((await ordered(buyer, again)).step).toBe('PAID')
  expect(await trialsOf(product.id)).toHaveLength(2)
})

test('a second card is judged by itself after a refusal too, and what was ordered keeps its amounts', async () => {
  const { product, button } = await trialOffer()
  await buy(site.stam(), { buttonKey: button.buttonKey, email: 'had@buyers.test' }, GOOD)
  const { buyer, id, review } = await reviewed(button.buttonKey, 'refused@buyers.test', REFUSED)
  expect(review.summary.dueTodayCents).toBe(0)
  expect((await ordered(buyer, review)).step).toBe('DECLINED')
  await typeCard(buyer, id, GOOD)
  const second = await untilStep(buyer, id, ['REVIEW'])
  expect(second.summary.dueTodayCents).toBe(2900)
  expect((await ordered(buyer, second)).step).toBe('PAID')
  expect(
    await t.admin(
      `select i.status, i.kind, i."amountIncludingTax" as cents from invoices i join customers c on c.id = i."customerId" join stam_users u on u.id = c."stamUserId"
        where u.email = 'refused@buyers.test' order by i."createdAt"`,
    ),
  ).toEqual([
    { status: 'VOID', kind: 'TRIAL', cents: 0 },
    { status: 'PAID', kind: 'FIRST', cents: 2900 },
  ])
  expect(await trialsOf(product.id)).toEqual([{ email: 'had@buyers.test', status: 'TRIAL' }])
})

test('one trial per card, however its number is typed: the order is priced anew, and buys at that price', async () => {
  const { product, button } = await trialOffer()
  await reviewedAndPaid(button.buttonKey, 'first@buyers.test', GOOD)
  const { buyer, review } = await reviewed(button.buttonKey, 'second@buyers.test', typedAnew(GOOD))
  expect(review.summary.dueTodayCents).toBe(0)
  expect(await ordered(buyer, review)).toMatchObject({ step: 'DECLINED', declineCode: 'trial_used', summary: { dueTodayCents: 2900 } })
  expect(await trialsOf(product.id)).toEqual([{ email: 'first@buyers.test', status: 'TRIAL' }])
  // Both of the processor's and the vault's messages have come; none of them reopens anything.
  await allTold()
  expect(await t.admin(`select 1 from payment_attempts where discrepancy is not null or status = 'UNKNOWN'`)).toEqual([])
  const shown = await untilStep(buyer, review.id, ['DECLINED'])
  expect((await ordered(buyer, shown)).step).toBe('PAID')
  expect(
    await t.admin(
      `select "amountIncludingTax" as cents, kind from invoices where status = 'PAID' and "amountIncludingTax" > 0 and "customerId" in (select id from customers where "productId" = $1)`,
      [product.id],
    ),
  ).toEqual([{ cents: 2900, kind: 'FIRST' }])
})

test('a card that was typed before is known before the order', async () => {
  const { button } = await trialOffer()
  await reviewedAndPaid(button.buttonKey, 'known-one@buyers.test', GOOD)
  const card = typedAnew(GOOD)
  const two = await reviewed(button.buttonKey, 'known-two@buyers.test', card)
  expect((await ordered(two.buyer, two.review)).declineCode).toBe('trial_used')
  const three = await reviewed(button.buttonKey, 'known-three@buyers.test', card)
  expect(three.review.summary.dueTodayCents).toBe(2900)
})

test('two trials with one card at once, typed in two ways: one begins', async () => {
  const { product, button } = await trialOffer()
  const pages = await Promise.all([0, 1, 2, 3].map((n) => reviewed(button.buttonKey, `at-once-${n}@buyers.test`, typedAnew(GOOD))))
  const ends = await Promise.all(pages.map(({ buyer, review }) => ordered(buyer, review)))
  expect(ends.map(({ step, declineCode }) => declineCode ?? step).toSorted()).toEqual(['PAID', 'trial_used', 'trial_used', 'trial_used'])
  expect(await trialsOf(product.id)).toHaveLength(1)
})

test('the trial belongs to the card it was begun with, not to the one that pays now', async () => {
  const { product, button } = await trialOffer()
  await reviewedAndPaid(button.buttonKey, 'changes@buyers.test', GOOD)
  // They pay with another card now, which never had a trial.
  await t.admin(`update customers set "pciVaultToken" = 'another', "cardFingerprint" = null where "productId" = $1`, [product.id])
  expect((await reviewed(button.buttonKey, 'same-card@buyers.test', GOOD)).review.summary.dueTodayCents).toBe(2900)
  expect((await reviewed(button.buttonKey, 'new-card@buyers.test', OTHER)).review.summary.dueTodayCents).toBe(0)
})

test("a card that the bank confirms is judged too, also when the processor's own message comes first", async () => {
  const { product, button } = await trialOffer()
  await confirmed(await reviewed(button.buttonKey, 'bank-one@buyers.test', ASKS_BANK))
  expect(await trialsOf(product.id)).toHaveLength(1)
  expect(await t.admin(`select "trialCardFingerprint" is not null as known from customers where "productId" = $1`, [product.id])).toEqual([
    { known: true },
  ])
  // The vault's message is lost, so that only the processor tells, and its messages name the card by an id.
  const two = await reviewed(button.buttonKey, 'bank-two@buyers.test', '40000025 00003155')
  const end = await confirmed(two, () =>
    t.admin(`update payment_attempts set "cardFingerprint" = null where "checkoutSessionId" = $1`, [two.id]),
  )
  expect(end).toMatchObject({ step: 'DECLINED', declineCode: 'trial_used', summary: { dueTodayCents: 2900 } })
})

test('a trial that was paid for is honoured with a card that had one, once; the owner is told and the card is known from then on', async () => {
  const { product, button } = await trialOffer({ trialAmount: 100 })
  await reviewedAndPaid(button.buttonKey, 'paid-one@buyers.test', GOOD)
  const card = typedAnew(GOOD)
  await reviewedAndPaid(button.buttonKey, 'paid-two@buyers.test', card)
  expect((await trialsOf(product.id)).map(({ status }) => status)).toEqual(['TRIAL', 'TRIAL'])
  expect(await t.admin(`select action from audit_log where action like 'trial.%'`)).toEqual([{ action: 'trial.card_seen_before' }])
  expect((await reviewed(button.buttonKey, 'paid-three@buyers.test', card)).review.summary.dueTodayCents).toBe(2900)
})

async function reviewedAndPaid(buttonKey: string, email: string, card: string) {
  const { buyer, review } = await reviewed(buttonKey, email, card)
  const end = await ordered(buyer, review)
  if (end.step !== 'PAID') throw new Error(`The trial stands at ${end.step}.`)
}

async function confirmed({ buyer, review }: Awaited<ReturnType<typeof reviewed>>, meanwhile: () => Promise<unknown> = async () => null) {
  const asked = await ordered(buyer, review)
  await meanwhile()
  await fetch(asked.bankUrl ?? '', { method: 'POST', body: new URLSearchParams({ decision: 'accept' }), redirect: 'manual' })
  return untilStep(buyer, review.id, ['PAID', 'DECLINED'])
}
