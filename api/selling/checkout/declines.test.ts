import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { newId } from '#db/id.ts'
import { expectBooksBalanced } from '#db/ledger/verify.ts'
import { paymentAttempts } from '#db/schema/all.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { DEFAULT_POLICY } from '#domain/base/policy.ts'
import { decideBrake } from '#domain/selling/brake.ts'
import { ordinaryTraffic, type TestOrder } from '#domain/selling/testing-traffic.ts'
import type { Person } from '#dev/http-client.ts'
import { unaskedAddress } from '#dev/testing/addresses.ts'
import {
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
import { makeOffer, makeSale, makeClient } from '#dev/testing/people.ts'
import { startSite, type Site } from '#dev/testing/site.ts'
import { loadTallies } from './declines.ts'

const GOOD = '4242424242424242'
const REFUSED = '4000000000000002'

let t: TestDatabase
let site: Site

beforeAll(async () => {
  t = await testDatabase()
  site = await startSite(t)
})
afterEach(async () => {
  // Each test begins with an hour in which nothing was refused.
  await t.admin(
    `update payment_attempts set "createdAt" = "createdAt" - interval '2 hours', "settledAt" = "settledAt" - interval '2 hours'`,
  )
  await t.admin(`delete from rate_limits`)
  await expectBooksBalanced(t.admin)
})
afterAll(async () => {
  await site.stop()
  await t.close()
})

/** An order page of its own browser. */
async function reviewed(buttonKey: string, email: string, card: string, network?: string) {
  const buyer = site.stam(network)
  const { id } = await startCheckout(buyer, { buttonKey, email })
  await typeInto(await openCardForm(buyer, id), card)
  return { buyer, id, review: await untilStep(buyer, id, ['REVIEW']) }
}

const triedOn = async (buttonId: string) =>
  (
    await t.admin<{ n: number }>(
      `select count(*)::int as n from payment_attempts a join checkout_sessions s on s.id = a."checkoutSessionId" where s."buttonId" = $1`,
      [buttonId],
    )
  )[0]?.n

async function declineTimes(buyer: Person, id: string, times: number): Promise<void> {
  for (let n = 0; n < times; n += 1) {
    const answer = await order(buyer, await untilStep(buyer, id, ['REVIEW', 'DECLINED']))
    expect(answer.status).toBe(202)
    await untilStep(buyer, id, ['DECLINED'])
  }
}

test('two dozen cards tried at once from one network: ten reach the bank', async () => {
  const { button } = await makeOffer(t.db)
  const pages = await Promise.all(
    Array.from({ length: 24 }, (_, n) => reviewed(button.buttonKey, `flood-${n}@buyers.test`, typedAnew(REFUSED))),
  )
  // Whoever is told to come back in a few seconds does so at once, again and again.
  const statuses = await Promise.all(
    pages.map(async ({ buyer, review }) => {
      for (let n = 0; n < 4; n += 1) {
        const { status } = await order(buyer, review)
        if (status !== 429) return status
      }
      return 429
    }),
  )
  expect(statuses.filter((status) => ![202, 403, 429].includes(status))).toEqual([])
  expect(await triedOn(button.id)).toBeLessThanOrEqual(DEFAULT_POLICY.declines.perNetwork)
  expect(await triedOn(button.id)).toBeGreaterThan(0)
  // Somebody on another network buys meanwhile.
  await expect.poll(() => t.admin(`select 1 from payment_attempts where status in ('CREATED', 'SENT')`), { timeout: 10_000 }).toEqual([])
  expect((await buyFrom('198.51.100.7', button.buttonKey, 'elsewhere@buyers.test')).step).toBe('PAID')
}, 120_000)

test('one card tried in many checkouts from many networks at once: three reach the bank', async () => {
  const { button } = await makeOffer(t.db)
  const card = typedAnew(REFUSED)
  const pages = await Promise.all(
    Array.from({ length: 12 }, (_, n) => reviewed(button.buttonKey, `one-card-${n}@buyers.test`, card, `198.51.${n}.1`)),
  )
  await Promise.all(pages.map(({ buyer, review }) => order(buyer, review)))
  expect(await triedOn(button.id)).toBeLessThanOrEqual(DEFAULT_POLICY.declines.perCard)
})

test('three refusals in a checkout: first the mailed code, then a wait that is shown with its end and ends by itself', async () => {
  const { button } = await makeOffer(t.db)
  const email = await unaskedAddress('unlucky', site.services.config.CODE_SECRET)
  const { buyer, id } = await reviewed(button.buttonKey, email, typedAnew(REFUSED))
  await declineTimes(buyer, id, 3)
  const asked = await order(buyer, await readCheckout(buyer, id))
  expect([asked.status, await asked.json()]).toMatchObject([403, { error: { code: 'email_not_proven' } }])
  expect(await readCheckout(buyer, id)).toMatchObject({ step: 'IDENTIFY', card: { last4: '0002' } })

  const proven = await buyer.post(`/api/checkouts/${id}/code`, { code: await mailedCode(buyer, { id, email }) })
  expect(proven.status).toBe(200)
  const shown = await readCheckout(buyer, id)
  expect(shown.step).toBe('DECLINED')
  const [last] = await t.admin<{ at: Date }>(`select max("settledAt") as at from payment_attempts where "checkoutSessionId" = $1`, [id])
  const end = new Date((last?.at.getTime() ?? 0) + DEFAULT_POLICY.declines.waitMinutes * 60_000)
  expect(shown.waitUntil).toBe(end.toISOString())
  const waits = await order(buyer, shown)
  expect([waits.status, await waits.json()]).toMatchObject([429, { error: { code: 'payment_wait' } }])
  expect(Number(waits.headers.get('retry-after'))).toBeGreaterThan(14 * 60)

  // A quarter of an hour later another card pays; the checkout has waited for its buyer.
  await t.admin(
    `update payment_attempts set "createdAt" = "createdAt" - interval '15 minutes', "settledAt" = "settledAt" - interval '15 minutes'`,
  )
  await t.admin(`update checkout_sessions set "waitUntil" = "waitUntil" - interval '15 minutes' where id = $1`, [id])
  await typeCard(buyer, id, GOOD)
  await expect.poll(async () => (await readCheckout(buyer, id)).card?.last4).toBe('4242')
  const review = await readCheckout(buyer, id)
  expect(review.waitUntil).toBeNull()
  expect((await order(buyer, review)).status).toBe(202)
  expect((await untilStep(buyer, id, ['PAID'])).step).toBe('PAID')
})

test('an address that was proven is not asked again, it waits', async () => {
  const { button } = await makeOffer(t.db)
  const email = 'proven@buyers.test'
  await makeClient(t.db, { email })
  const buyer = site.stam()
  const { id } = await startCheckout(buyer, { buttonKey: button.buttonKey, email })
  expect((await buyer.post(`/api/checkouts/${id}/code`, { code: await mailedCode(buyer, { id, email }) })).status).toBe(200)
  await typeInto(await openCardForm(buyer, id), typedAnew(REFUSED))
  await untilStep(buyer, id, ['REVIEW'])
  await declineTimes(buyer, id, 3)
  expect((await order(buyer, await readCheckout(buyer, id))).status).toBe(429)
  expect((await readCheckout(buyer, id)).step).toBe('DECLINED')
})

test('a button of which most charges are refused slows everybody down, from wherever they come', async () => {
  const { button, plan } = await makeOffer(t.db)
  await refusedAndPaid(button.id, plan.id, { refused: 12, paid: 8 })
  const { buyer, review } = await reviewed(button.buttonKey, 'next@buyers.test', typedAnew(GOOD), '198.51.200.1')
  expect((await order(buyer, review)).status).toBe(403)
  const { button: other } = await makeOffer(t.db)
  expect((await buyFrom('198.51.201.1', other.buttonKey, 'other@buyers.test')).step).toBe('PAID')
})

test('an hour of ordinary traffic, counted by the database, brakes nobody', async () => {
  const { button, plan } = await makeOffer(t.db)
  await refusedAndPaid(button.id, plan.id, { refused: 0, paid: 1 })
  const orders = ordinaryTraffic({ hours: 1.5, salesPerHour: 200, declinedShare: 0.12, seed: 20 })
  const under: (TestOrder & { id: string })[] = []
  const braked: string[] = []
  // An invoice for each, because an invoice has one open attempt at most.
  await t.admin(
    `insert into invoices (id, "customerId", "planId", "amountExcludingTax", "amountIncludingTax", "taxAmount", status, "voidedAt", kind, "taxRateBps", country, "updatedAt")
      select 'replay-' || n, c.id, $1, 4083, 4900, 817, 'VOID', now(), 'FIRST', 2000, 'FR', now() from generate_series(0, $2::int) n, customers c where c."currentPlanId" = $1`,
    [plan.id, orders.length],
  )
  for (const [n, one] of orders.entries()) {
    await answerUntil(under, one.at)
    const counted = { cardToken: one.card, checkoutId: one.checkout, network: one.network, buttonId: button.id }
    const brake = decideBrake(await loadTallies({ db: t.db, now: one.at }, counted), false, DEFAULT_POLICY, one.at)
    if (brake.kind !== 'go') braked.push(`${one.at.toISOString()} ${brake.kind}`)
    const id = newId()
    await t.db.insert(paymentAttempts).values({
      ...attemptOf(id, `replay-${n}`, button.id),
      status: 'UNKNOWN',
      cardToken: one.card,
      network: one.network,
      createdAt: one.at,
    })
    under.push({ ...one, id })
  }
  expect(orders.length).toBeGreaterThan(300)
  expect(braked).toEqual([])
}, 120_000)

function buyFrom(network: string, buttonKey: string, email: string) {
  return buy(site.stam(network), { buttonKey, email }, typedAnew(GOOD))
}

const attemptOf = (id: string, invoiceId: string, buttonId: string) => ({
  id,
  invoiceId,
  buttonId,
  secretHash: '',
  amountCents: 4900,
  idempotencyKey: id,
  offSession: false,
  expiresAt: new Date(),
  updatedAt: new Date(),
})

/** Attempts of people of the last minutes, each from a network of its own. */
async function refusedAndPaid(buttonId: string, planId: string, { refused, paid }: { refused: number; paid: number }): Promise<string[]> {
  const [product] = await t.admin<{ id: string }>(`select "productId" as id from plans where id = $1`, [planId])
  const ids: string[] = []
  for (let n = 0; n < refused + paid; n += 1) {
    const client = await makeClient(t.db)
    const { invoice } = await makeSale(t.db, { productId: product?.id ?? '', planId, stamUserId: client.id, paidAt: new Date() })
    ids.push(invoice.id)
    const status = n < refused ? ('DECLINED' as const) : ('SUCCEEDED' as const)
    const at = new Date(Date.now() - 60_000)
    await t.db
      .insert(paymentAttempts)
      .values({ ...attemptOf(newId(), invoice.id, buttonId), status, network: `seen-${n}`, createdAt: at, settledAt: at })
  }
  return ids
}

/** What the bank has said by then is written. */
async function answerUntil(under: (TestOrder & { id: string })[], at: Date): Promise<void> {
  for (const one of under.splice(0)) {
    const answeredAt = new Date(one.at.getTime() + one.answeredAfterMs)
    if (answeredAt > at) under.push(one)
    else
      await t.admin(`update payment_attempts set status = $1, "settledAt" = $2::timestamptz at time zone 'UTC' where id = $3`, [
        one.isDeclined ? 'DECLINED' : 'SUCCEEDED',
        answeredAt.toISOString(),
        one.id,
      ])
  }
}
