import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { expectBooksBalanced } from '#db/ledger/verify.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { DEFAULT_POLICY } from '#domain/base/policy.ts'
import { orderedSale, tellPaid } from '#dev/testing/at-once.ts'
import { order, startCheckout, typeCard, untilStep } from '#dev/testing/buy.ts'
import { makeAffiliate, makeCommunity, makeLink, makeOffer } from '#dev/testing/people.ts'
import { testContext } from '#dev/testing/services.ts'
import { signedInClient } from '#dev/testing/signed-in.ts'
import { startSite, type Site } from '#dev/testing/site.ts'
import { settlePayment } from './selling/payment/settle-payment.ts'

let t: TestDatabase
let site: Site
let version = 1

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

/** Puts a version in force, exactly as it would stand in the table. */
async function inForce(json: Record<string, unknown>): Promise<void> {
  version += 1
  await t.admin(`insert into policies (version, "validFrom", json, reason) values ($1, '2026-01-01', $2, 'test')`, [
    version,
    JSON.stringify(json),
  ])
}

describe('a stored version stops no sale', () => {
  const { declines: _, ...older } = DEFAULT_POLICY
  test.each([
    ['with a group missing', older],
    ['with a key too many', { ...DEFAULT_POLICY, tomorrow: true }],
    ['with values out of bounds', { ...DEFAULT_POLICY, lock: { NEW: { mainPercent: 200 } }, switches: { links: 'perhaps' }, clicks: 7 }],
    ['with nothing in it', {}],
  ])('%s', async (_what, json) => {
    await inForce(json)
    const guild = await makeCommunity(t.db, { platform: 'WEOKTO' })
    const affiliate = await makeAffiliate(t.db, {}, { currentGuildId: guild.id })
    const offer = await makeOffer(t.db)
    const link = await makeLink(t.db, { affiliateId: affiliate.id, productId: offer.product.id })
    const { buyer } = await signedInClient(t.db, site)
    const headers = { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Firefox/143.0' }
    const clicked = await buyer.get(`/r/${link.code}`, { headers })
    const ck = new URL(clicked.headers.get('location') ?? '').searchParams.get('ck') ?? ''
    const { id } = await startCheckout(buyer, { buttonKey: offer.button.buttonKey, ck })
    await typeCard(buyer, id, '4242424242424242')
    expect((await order(buyer, await untilStep(buyer, id, ['REVIEW']))).status).toBe(202)
    await untilStep(buyer, id, ['PAID'])
    const commissions = await t.admin(
      `select "policyVersion", "totalAmount", "lockedAmount" from affiliate_commissions where "affiliateId" = $1`,
      [affiliate.id],
    )
    expect(commissions).toEqual([{ policyVersion: version, totalAmount: 1224, lockedAmount: 979 }])
  })
})

test.each([
  [1, []],
  [3, ['sales_burst']],
])('sales of the last %i hours count as a burst', async (burstHours, held) => {
  await inForce({ hold: { burstHours, burstSales: 3 } })
  const guild = await makeCommunity(t.db, { platform: 'WEOKTO' })
  const created = { createdAt: new Date(Date.now() - 86_400_000) }
  const affiliate = await makeAffiliate(t.db, {}, { currentGuildId: guild.id, ...created })
  const offer = await makeOffer(t.db)
  const link = await makeLink(t.db, { affiliateId: affiliate.id, productId: offer.product.id })
  const seller = { affiliateId: affiliate.id, linkId: link.id }
  const before = new Date(Date.now() - 2 * 3_600_000)
  for (let n = 0; n < 2; n++) {
    const { attemptId, invoiceId, amountCents } = await orderedSale(t, offer, { ...seller, at: before })
    const answer = { kind: 'succeeded' as const, processorId: `pi_${attemptId}`, processorStatus: 'succeeded', currency: 'EUR' }
    await settlePayment(testContext(site.services, before), {
      attemptId,
      answer: { ...answer, intent: 'CHARGE', attemptId, invoiceId, amountCents },
    })
  }
  const sale = await orderedSale(t, offer, seller)
  await tellPaid(site.services.config.STAM_ORIGIN, sale)
  const rows = await t.admin(`select "heldReasons" from affiliate_commissions where "invoiceId" = $1`, [sale.invoiceId])
  expect(rows).toEqual([{ heldReasons: held }])
})
