import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#db/id.ts'
import { expectBooksBalanced } from '#db/ledger/verify.ts'
import { affiliateBoostCodes, affiliateBoostRedemptions } from '#db/schema/all.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { decidedAtOnce, orderedSale, tellPaid, whileOpen, type OrderedSale } from '#dev/testing/at-once.ts'
import { order, startCheckout, typeCard, untilStep, type CheckoutOnWire } from '#dev/testing/buy.ts'
import { makeAffiliate, makeCommunity, makeLink, makeOffer } from '#dev/testing/people.ts'
import { signedInClient } from '#dev/testing/signed-in.ts'
import { startSite, type Site } from '#dev/testing/site.ts'

const BROWSER = { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Firefox/143.0' }

let t: TestDatabase
let site: Site

beforeAll(async () => {
  t = await testDatabase()
  site = await startSite(t)
})
afterEach(async () => {
  await expectBooksBalanced(t.admin)
})
afterAll(async () => {
  await site.stop()
  await t.close()
})

async function guilded(values: Parameters<typeof makeAffiliate>[2] = {}) {
  const guild = await makeCommunity(t.db, { platform: 'WEOKTO' })
  // They have sold before: a first commission is itself a reason to decide again.
  return makeAffiliate(t.db, { firstCommissionAt: new Date(Date.now() - 3_600_000) }, { currentGuildId: guild.id, ...values })
}

/** Two products of one community, with their programs. */
async function twoOffers(includeRenewals: boolean) {
  const first = await makeOffer(t.db, { program: { includeRenewals } })
  const second = await makeOffer(t.db, { program: { includeRenewals } })
  await t.admin(`update products set "communityId" = $1 where id = $2`, [first.community.id, second.product.id])
  return [first, { ...second, community: first.community }] as const
}

async function clickToken(code: string): Promise<string> {
  const answer = await site.stam().get(`/r/${code}`, { headers: BROWSER })
  return new URL(answer.headers.get('location') ?? '').searchParams.get('ck') ?? ''
}

async function reviewed(buyer: ReturnType<Site['stam']>, values: { buttonKey: string; ck?: string }): Promise<CheckoutOnWire> {
  const { id } = await startCheckout(buyer, values)
  await typeCard(buyer, id, '4242424242424242')
  return untilStep(buyer, id, ['REVIEW'])
}

/** Both orders are placed, and both answers of the vault are read before either is written. */
async function payAtOnce(affiliateId: string, buyer: ReturnType<Site['stam']>, reviews: readonly CheckoutOnWire[]): Promise<void> {
  const answers = await decidedAtOnce(t, [affiliateId], reviews.length, async () =>
    Promise.all(reviews.map((review) => order(buyer, review))),
  )
  expect(answers.map(({ status }) => status)).toEqual(reviews.map(() => 202))
  for (const { id } of reviews) await untilStep(buyer, id, ['PAID'])
}

const commissionsOf = (stamUserId: string) =>
  t.admin<{ heldReasons: string[] }>(
    `select ac."heldReasons" from affiliate_commissions ac join customers c on c.id = ac."customerId" where c."stamUserId" = $1`,
    [stamUserId],
  )

describe('two products of one community paid at once', () => {
  test('earn one commission where renewals earn none', async () => {
    const affiliate = await guilded({ trustedAt: new Date('2026-01-01') })
    for (let round = 0; round < 3; round++) {
      const offers = await twoOffers(false)
      const link = await makeLink(t.db, { affiliateId: affiliate.id, productId: offers[0].product.id })
      const { client, buyer } = await signedInClient(t.db, site)
      const ck = await clickToken(link.code)
      const reviews = [
        await reviewed(buyer, { buttonKey: offers[0].button.buttonKey, ck }),
        await reviewed(buyer, { buttonKey: offers[1].button.buttonKey, ck }),
      ]
      await payAtOnce(affiliate.id, buyer, reviews)
      expect(await commissionsOf(client.id)).toHaveLength(1)
    }
  })

  test('use up one free attribution once', async () => {
    const affiliate = await guilded({ trustedAt: new Date('2026-01-01') })
    for (let round = 0; round < 3; round++) {
      const offers = await twoOffers(true)
      const free = await makeOffer(t.db, { product: { isFree: true } })
      await t.admin(`update products set "communityId" = $1 where id = $2`, [offers[0].community.id, free.product.id])
      const { client, buyer } = await signedInClient(t.db, site)
      await bindFree(client.id, free.product.id, affiliate.id)
      const reviews = [
        await reviewed(buyer, { buttonKey: offers[0].button.buttonKey }),
        await reviewed(buyer, { buttonKey: offers[1].button.buttonKey }),
      ]
      await payAtOnce(affiliate.id, buyer, reviews)
      expect(await commissionsOf(client.id)).toHaveLength(1)
      const bound = await t.admin(
        `select a."isFreeProductAttribution" as free, a."replacedAt" is null as live from affiliate_attributions a join customers c on c.id = a."customerId" where c."stamUserId" = $1 order by 1`,
        [client.id],
      )
      expect(bound).toEqual([
        { free: false, live: true },
        { free: true, live: false },
      ])
    }
  })
})

async function bindFree(stamUserId: string, productId: string, affiliateId: string): Promise<void> {
  const customerId = newId()
  await t.admin(
    `insert into customers (id, "stamUserId", "productId", status, "createdAt", "updatedAt") values ($1, $2, $3, 'ACTIVE', now(), now())`,
    [customerId, stamUserId, productId],
  )
  await t.admin(
    `insert into affiliate_attributions (id, "customerId", "productId", "affiliateId", "isFreeProductAttribution", "attributionExpiresAt", "boundAt", "createdAt", "rateType", rate, "includeRenewals")
     values ($1, $2, $3, $4, true, now() + interval '20 days', now() - interval '1 day', now() - interval '1 day', 'percentage', 0.3, true)`,
    [newId(), customerId, productId, affiliateId],
  )
}

describe('holds under payment at once', () => {
  /** How many of these sales are held for `reason`, once every one of them has been told as paid, all together. */
  async function heldOf(affiliateIds: readonly string[], sales: readonly OrderedSale[], reason: string): Promise<number> {
    const origin = site.services.config.STAM_ORIGIN
    await decidedAtOnce(t, affiliateIds, sales.length, () => Promise.all(sales.map((sale) => tellPaid(origin, sale))))
    const held = await heldReasonsOf(sales)
    return held.filter((reasons) => reasons.includes(reason)).length
  }

  test('fifty sales of a first week: those from the twentieth on are held, as one after another', async () => {
    const affiliate = await guilded({ createdAt: new Date(Date.now() - 86_400_000) })
    const sales = await salesOf(affiliate.id, 50)
    expect(await heldOf([affiliate.id], sales, 'sales_burst')).toBe(31)
  })

  test('the first sales of somebody new, all at once: each counts, and the same ones are held', async () => {
    const affiliate = await guilded({ createdAt: new Date(Date.now() - 86_400_000) })
    await t.admin(`update weokto_users set "firstCommissionAt" = null where id = $1`, [affiliate.id])
    const sales = await salesOf(affiliate.id, 24)
    expect(await heldOf([affiliate.id], sales, 'sales_burst')).toBe(5)
  })

  test('ten people with one card: all but the first are held, even when two affiliates brought them', async () => {
    const affiliates = [await guilded(), await guilded()]
    const sales = [...(await salesOf(affiliates[0]?.id ?? '', 5)), ...(await salesOf(affiliates[1]?.id ?? '', 5))]
    await payWithOneCard(sales)
    const ids = affiliates.map(({ id }) => id)
    expect(await heldOf(ids, sales, 'same_card')).toBe(9)
  })

  test('a card that the processor knows again is the same card under another token', async () => {
    const affiliate = await guilded()
    const sales = await salesOf(affiliate.id, 10)
    await t.admin(`update payment_attempts set "cardFingerprint" = $1 where id = any($2)`, [
      newId(),
      sales.map(({ attemptId }) => attemptId),
    ])
    expect(await heldOf([affiliate.id], sales, 'same_card')).toBe(9)
  })
})

test.each([
  ['a guild that was left', `update affiliate_profiles set "currentGuildId" = null where "userId" = $1`, ['no_guild']],
  ['a trust that was withdrawn', `update affiliate_profiles set "trustedAt" = null where "userId" = $1`, ['own_email']],
  ['a boost that ended', `update affiliate_boost_redemptions set status = 'EXPIRED' where "affiliateId" = $1`, []],
])('%s while the sale waited is not what it rests on', async (_what, change, held) => {
  const affiliate = await guilded({ trustedAt: held.length > 0 && held[0] !== 'no_guild' ? new Date('2026-01-01') : null })
  const [codeId, validFrom] = [newId(), new Date('2026-01-01')]
  await t.db.batch([
    t.db.insert(affiliateBoostCodes).values({ id: codeId, code: codeId, boostType: 'flat_bonus', boostValue: 50_000, validFrom }),
    t.db.insert(affiliateBoostRedemptions).values({ id: newId(), codeId, affiliateId: affiliate.id, redeemedAt: validFrom }),
  ])
  const [sale] = await salesOf(affiliate.id, 1, held[0] === 'own_email' ? affiliate.email : undefined)
  if (!sale) throw new Error('There is no sale.')
  await decidedAtOnce(
    t,
    [affiliate.id],
    1,
    () => tellPaid(site.services.config.STAM_ORIGIN, sale),
    () => t.admin(change, [affiliate.id]),
  )
  expect(await heldReasonsOf([sale])).toEqual([held])
  const [{ totalAmount } = { totalAmount: 0 }] = await t.admin<{ totalAmount: number }>(
    `select "totalAmount" from affiliate_commissions where "invoiceId" = $1`,
    [sale.invoiceId],
  )
  expect(totalAmount).toBe(change.includes('EXPIRED') ? 1224 : 1724)
})

test('a sale waits for nobody who only refers to its customer', async () => {
  const affiliate = await guilded({ trustedAt: new Date('2026-01-01') })
  const [sale] = await salesOf(affiliate.id, 1)
  if (!sale) throw new Error('There is no sale.')
  const draft = `insert into invoices (id, "customerId", "amountExcludingTax", "amountIncludingTax", kind, "taxRateBps", country, "updatedAt")
    select $2, "customerId", 100, 100, 'RENEWAL', 0, 'FR', now() from invoices where id = $1`
  await whileOpen(t, draft, [sale.invoiceId, newId()], () => tellPaid(site.services.config.STAM_ORIGIN, sale))
  expect(await heldReasonsOf([sale])).toEqual([[]])
})

async function salesOf(affiliateId: string, howMany: number, email?: string): Promise<OrderedSale[]> {
  const offer = await makeOffer(t.db)
  const link = await makeLink(t.db, { affiliateId, productId: offer.product.id })
  const seller = { affiliateId, linkId: link.id, ...(email ? { email } : {}) }
  return Promise.all(Array.from({ length: howMany }, () => orderedSale(t, offer, seller)))
}

async function payWithOneCard(sales: readonly OrderedSale[]): Promise<void> {
  const token = newId()
  await t.admin(`update checkout_sessions set "cardToken" = $1 where id = any($2)`, [token, sales.map(({ checkoutId }) => checkoutId)])
  await t.admin(`update payment_attempts set "cardToken" = $1 where id = any($2)`, [token, sales.map(({ attemptId }) => attemptId)])
}

async function heldReasonsOf(sales: readonly OrderedSale[]): Promise<string[][]> {
  const rows = await t.admin<{ heldReasons: string[] }>(`select "heldReasons" from affiliate_commissions where "invoiceId" = any($1)`, [
    sales.map(({ invoiceId }) => invoiceId),
  ])
  expect(rows).toHaveLength(sales.length)
  return rows.map(({ heldReasons }) => heldReasons)
}
