import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { DEFAULT_POLICY } from '#domain/base/policy.ts'
import { beginCheckout, buy, mailedCode, order, readCheckout, startCheckout, typeCard, untilStep } from '#dev/testing/buy.ts'
import { makeClient, makeOffer } from '#dev/testing/people.ts'
import { startSite, type Site } from '#dev/testing/site.ts'

const GOOD = '4242424242424242'

let t: TestDatabase
let site: Site

beforeAll(async () => {
  t = await testDatabase()
  site = await startSite(t)
})
afterAll(async () => {
  await site.stop()
  await t.close()
})

async function reviewed(offer: Awaited<ReturnType<typeof makeOffer>>, email: string) {
  const buyer = site.stam()
  const { id } = await startCheckout(buyer, { buttonKey: offer.button.buttonKey, email })
  await typeCard(buyer, id, GOOD)
  return { buyer, id, review: await untilStep(buyer, id, ['REVIEW']) }
}

const refusalOf = async (response: Awaited<ReturnType<typeof order>>) => [
  response.status,
  ((await response.json()) as { error?: { code: string } }).error?.code,
]

describe('an order is checked against the offer again, and charges nothing when it is gone', () => {
  test.each([
    ['the button off', `update manual_payment_buttons set "isActive" = false where "productId" = $1`, 'button_inactive'],
    ['the plan off', `update plans set "isActive" = false where "productId" = $1`, 'product_unavailable'],
    ['the product deactivated', `update products set "isActive" = false where id = $1`, 'product_unavailable'],
    ['the product unpublished', `update products set "isPublished" = false where id = $1`, 'product_unavailable'],
    [
      'the community closed',
      `update communities set "isActive" = false where id = (select "communityId" from products where id = $1)`,
      'product_unavailable',
    ],
  ])('%s', async (name, statement, refusal) => {
    const offer = await makeOffer(t.db)
    const { buyer, id, review } = await reviewed(offer, `${name.replaceAll(' ', '-')}@buyers.test`)
    await t.admin(statement, [offer.product.id])
    expect(await refusalOf(await order(buyer, review))).toEqual([410, refusal])
    expect(await t.admin(`select 1 from payment_attempts where "checkoutSessionId" = $1`, [id])).toEqual([])
  })

  test('it went between the reading and the writing of the order', async () => {
    const offer = await makeOffer(t.db)
    const { buyer, id, review } = await reviewed(offer, 'between@buyers.test')
    // Somebody holds the invoice, which the order's write waits for, and switches the button off meanwhile.
    const held = t.admin(
      `do $$ begin perform 1 from invoices where "checkoutSessionId" = '${id}' for update;
        update manual_payment_buttons set "isActive" = false where id = '${offer.button.id}'; perform pg_sleep(3); end $$`,
    )
    await expect.poll(() => t.admin(`select 1 from invoices where "checkoutSessionId" = $1 for update skip locked`, [id])).toEqual([])
    const answer = order(buyer, review)
    await held
    expect(await refusalOf(await answer)).toEqual([410, 'button_inactive'])
    expect(await t.admin(`select 1 from payment_attempts where "checkoutSessionId" = $1`, [id])).toEqual([])
  })

  test('another price is restated first, and then charged', async () => {
    const offer = await makeOffer(t.db)
    const { buyer, id, review } = await reviewed(offer, 'new-price@buyers.test')
    await t.admin(`update plans set "priceAmount" = 5900 where "productId" = $1`, [offer.product.id])
    expect(await refusalOf(await order(buyer, review))).toEqual([409, 'order_changed'])
    const again = await readCheckout(buyer, id)
    expect(again.summary.dueTodayCents).toBe(5900)
    expect((await order(buyer, again)).status).toBe(202)
    await untilStep(buyer, id, ['PAID'])
  })

  test('only the renewal became dearer: that is restated too', async () => {
    const offer = await makeOffer(t.db, { plan: { trialDays: 7 } })
    const { buyer, id, review } = await reviewed(offer, 'new-renewal@buyers.test')
    await t.admin(`update plans set "priceAmount" = 5900 where "productId" = $1`, [offer.product.id])
    expect(await refusalOf(await order(buyer, review))).toEqual([409, 'order_changed'])
    expect(await readCheckout(buyer, id)).toMatchObject({ summary: { dueTodayCents: 0, renewal: { amountCents: 5900 } } })
  })

  test('sales were paused', async () => {
    const { buyer, review } = await reviewed(await makeOffer(t.db), 'paused@buyers.test')
    const paused = { ...DEFAULT_POLICY, switches: { ...DEFAULT_POLICY.switches, sales: false } }
    await t.admin(`insert into policies values (1, '2026-01-01', $1, null, now(), 'test')`, [JSON.stringify(paused)])
    expect(await refusalOf(await order(buyer, review))).toEqual([503, 'sales_paused'])
    await t.admin(`delete from policies`)
  })
})

describe('a product that begins with a trial', () => {
  const product = { requiresTrial: true }

  test('its plan without a trial is shown to everybody and sold to those who have had the product', async () => {
    const offer = await makeOffer(t.db, { product })
    const { buttonKey } = offer.button
    expect(await (await site.stam().get(`/api/pay/${buttonKey}`)).json()).toMatchObject({ isForReturning: true })
    const former = await makeClient(t.db, { email: 'former@buyers.test' })
    await t.admin(
      `insert into customers (id, "stamUserId", "productId", status, "trialUsedAt", "updatedAt") values ('former', $1, $2, 'EXPIRED', now(), now())`,
      [former.id, offer.product.id],
    )
    // Asked alike, so that nobody learns who has had it; told once the address is proven.
    const [comesBack, newcomer] = [site.stam(), site.stam()]
    const back = await beginCheckout(comesBack, { buttonKey, email: 'former@buyers.test' })
    const first = await beginCheckout(newcomer, { buttonKey, email: 'newcomer@buyers.test' })
    expect([back.step, first.step]).toEqual(['IDENTIFY', 'IDENTIFY'])
    expect(await refusalOf(await newcomer.post(`/api/checkouts/${first.id}/code`, { code: await mailedCode(newcomer, first) }))).toEqual([
      422,
      'plan_needs_trial',
    ])
    expect((await comesBack.post(`/api/checkouts/${back.id}/code`, { code: await mailedCode(comesBack, back) })).status).toBe(200)
    await typeCard(comesBack, back.id, GOOD)
    const review = await untilStep(comesBack, back.id, ['REVIEW'])
    expect(review.summary.dueTodayCents).toBe(4900)
    expect((await order(comesBack, review)).status).toBe(202)
    await untilStep(comesBack, back.id, ['PAID'])
  })

  test('its plan with a trial is sold to a card whose trial is used up, at the full price', async () => {
    const offer = await makeOffer(t.db, { product, plan: { trialDays: 7 } })
    const { buttonKey } = offer.button
    expect((await buy(site.stam(), { buttonKey, email: 'trial-one@buyers.test' })).step).toBe('PAID')
    const second = await buy(site.stam(), { buttonKey, email: 'trial-two@buyers.test' })
    expect(second).toMatchObject({ step: 'PAID', summary: { dueTodayCents: 4900 } })
  })
})
