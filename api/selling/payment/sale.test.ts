import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { expectBooksBalanced } from '#db/ledger/verify.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { invoiceNumber, readInvoiceNumber } from '#domain/selling/invoice.ts'
import { request } from '#dev/http-client.ts'
import { buy, order, readCheckout, typeCard, untilStep } from '#dev/testing/buy.ts'
import { makeAffiliate, makeCommunity, makeLink, makeOffer } from '#dev/testing/people.ts'
import { startSite, type Site } from '#dev/testing/site.ts'

const BROWSER = { 'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Mobile/15E148' }

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

async function guildedAffiliate() {
  const guild = await makeCommunity(t.db, { platform: 'WEOKTO' })
  return makeAffiliate(t.db, {}, { currentGuildId: guild.id })
}

/** Follows a link as a visitor would and brings back the click token of the landing address. */
async function click(code: string): Promise<string> {
  const answer = await site.stam().get(`/r/${code}`, { headers: BROWSER })
  expect(answer.status).toBe(302)
  return new URL(answer.headers.get('location') ?? '').searchParams.get('ck') ?? ''
}

test('worked example 1 holds to the cent, from the click to the second maturation', async () => {
  const affiliate = await guildedAffiliate()
  const offer = await makeOffer(t.db, { community: { landingPageUrl: `${site.services.config.STAM_ORIGIN}/l/example` } })
  const link = await makeLink(t.db, { affiliateId: affiliate.id, productId: offer.product.id })
  const buyer = site.stam()
  const paid = await buy(buyer, { buttonKey: offer.button.buttonKey, email: 'first@buyers.test', ck: await click(link.code) })
  expect(paid).toMatchObject({ step: 'PAID', invoiceNumber: expect.stringMatching(/^STAM-\d{4}-\d{6}$/) })

  const number = readInvoiceNumber(paid.invoiceNumber ?? '')
  expect(number && invoiceNumber(number.series, number.year, number.sequence)).toBe(paid.invoiceNumber)
  const [invoice] = await t.admin(`select * from invoices where "checkoutSessionId" = $1`, [paid.id])
  expect(invoice).toMatchObject({ status: 'PAID', amountIncludingTax: 4900, amountExcludingTax: 4083, taxAmount: 817 })
  const [commission] = await t.admin<{ id: string; earnedAt: Date; lockedUntil: Date; extendedLockedUntil: Date }>(
    `select * from affiliate_commissions where "invoiceId" = $1`,
    [invoice?.['id']],
  )
  expect(commission).toMatchObject({
    status: 'LOCKED',
    totalAmount: 1224,
    lockedAmount: 979,
    extendedLockAmount: 245,
    profile: 'NEW',
    baseAmount: 4083,
  })
  const day = 86_400_000
  expect(days(commission?.lockedUntil, commission?.earnedAt)).toBe(45)
  expect(days(commission?.extendedLockedUntil, commission?.earnedAt)).toBe(90)
  expect(await balances(affiliate.id)).toMatchObject({ PLATFORM: -1224, LOCKED: 1224, AVAILABLE: 0 })
  const [person] = await t.admin(`select "pearlBalance", "firstCommissionAt" from weokto_users where id = $1`, [affiliate.id])
  expect(person).toMatchObject({ pearlBalance: 98, firstCommissionAt: commission?.earnedAt })

  const earnedAt = commission?.earnedAt.getTime() ?? 0
  await site.cron('*/5 * * * *', new Date(earnedAt + 45 * day - 1))
  expect(await balances(affiliate.id)).toMatchObject({ LOCKED: 1224, AVAILABLE: 0 })
  await site.cron('*/5 * * * *', new Date(earnedAt + 45 * day))
  expect(await balances(affiliate.id)).toMatchObject({ LOCKED: 245, AVAILABLE: 979 })
  await site.cron('*/5 * * * *', new Date(earnedAt + 90 * day))
  expect(await balances(affiliate.id)).toMatchObject({ PLATFORM: -1224, LOCKED: 0, AVAILABLE: 1224 })
})

test('a declined card charges nothing, says why, and another card pays the same invoice', async () => {
  const offer = await makeOffer(t.db)
  const buyer = site.stam()
  const declined = await buy(buyer, { buttonKey: offer.button.buttonKey, email: 'second@buyers.test' }, '4000000000000002')
  expect(declined).toMatchObject({ step: 'DECLINED', invoiceNumber: null, declineCode: 'generic_decline' })
  expect(await statuses(declined.id)).toEqual({ invoice: 'PENDING', customer: 'INCOMPLETE', attempts: ['DECLINED'] })
  await typeCard(buyer, declined.id, '4242424242424242')
  const again = await order(buyer, await untilStep(buyer, declined.id, ['REVIEW']))
  expect(again.status).toBe(202)
  await untilStep(buyer, declined.id, ['PAID'])
  expect(await statuses(declined.id)).toEqual({ invoice: 'PAID', customer: 'ACTIVE', attempts: ['DECLINED', 'SUCCEEDED'] })
})

test('the bank asks for the buyer: accepted pays, refused does not, whatever the return address says', async () => {
  const offer = await makeOffer(t.db)
  for (const [email, verdict, step] of [
    ['yes@buyers.test', 'accept', 'PAID'],
    ['no@buyers.test', 'refuse', 'DECLINED'],
  ] as const) {
    const buyer = site.stam()
    const asked = await buy(buyer, { buttonKey: offer.button.buttonKey, email }, '4000002500003155')
    expect(asked.step).toBe('BANK')
    // Coming back without having been at the bank changes nothing.
    await buyer.post(`/api/checkouts/${asked.id}/resume`, {})
    expect((await readCheckout(buyer, asked.id)).step).toBe('BANK')
    await answerBank(asked.bankUrl ?? '', verdict)
    await buyer.post(`/api/checkouts/${asked.id}/resume`, {})
    expect((await untilStep(buyer, asked.id, [step])).step).toBe(step)
  }
})

test('a free trial authenticates the card, charges nothing and owes nothing', async () => {
  const affiliate = await guildedAffiliate()
  const offer = await makeOffer(t.db, { plan: { priceAmount: 2900, trialDays: 7 } })
  const link = await makeLink(t.db, { affiliateId: affiliate.id, productId: offer.product.id })
  const paid = await buy(site.stam(), { buttonKey: offer.button.buttonKey, email: 'trial@buyers.test', ck: await click(link.code) })
  expect(paid).toMatchObject({ step: 'PAID', summary: { dueTodayCents: 0 } })
  const [customer] = await t.admin(
    `select c.status, c."trialEndsAt" - c."currentPeriodStart" as length, c."nextChargeAt" = c."trialEndsAt" as charged from customers c join checkout_sessions s on s."customerId" = c.id where s.id = $1`,
    [paid.id],
  )
  expect(customer).toMatchObject({ status: 'TRIAL', length: { days: 7 }, charged: true })
  expect(await balances(affiliate.id)).toMatchObject({ PLATFORM: 0, LOCKED: 0 })
  const bound = await t.admin(`select "isFreeProductAttribution" from affiliate_attributions where "affiliateId" = $1`, [affiliate.id])
  expect(bound).toEqual([{ isFreeProductAttribution: false }])
})

test('a forged click token is ignored and the sale goes through', async () => {
  const offer = await makeOffer(t.db)
  const paid = await buy(site.stam(), { buttonKey: offer.button.buttonKey, email: 'forged@buyers.test', ck: 'eyJhbGciOiJub25lIn0.e30.' })
  expect(paid.step).toBe('PAID')
  expect(
    await t.admin(`select 1 from affiliate_attributions a join checkout_sessions s on s."customerId" = a."customerId" where s.id = $1`, [
      paid.id,
    ]),
  ).toEqual([])
})

test('the buyer is in at once, limited to that purchase, and somebody else with the id is not', async () => {
  const offer = await makeOffer(t.db)
  const buyer = site.stam()
  const paid = await buy(buyer, { buttonKey: offer.button.buttonKey, email: 'enter@buyers.test' })
  const stranger = await site.stam().post(`/api/checkouts/${paid.id}/enter`, {})
  expect(stranger.status).toBe(404)
  const entered = await buyer.post(`/api/checkouts/${paid.id}/enter`, {})
  expect(await entered.json()).toEqual({ path: `/c/${offer.community.slug}` })
  expect(await (await buyer.get('/api/me')).json()).toMatchObject({ user: { email: 'enter@buyers.test', emailUnconfirmed: true } })
})

async function statuses(checkoutId: string) {
  const [row] = await t.admin<{ invoice: string; customer: string }>(
    `select i.status as invoice, c.status as customer from checkout_sessions s join invoices i on i.id = s."invoiceId" join customers c on c.id = s."customerId" where s.id = $1`,
    [checkoutId],
  )
  const attempts = await t.admin<{ status: string }>(
    `select status from payment_attempts where "checkoutSessionId" = $1 order by "createdAt"`,
    [checkoutId],
  )
  return { ...row, attempts: attempts.map(({ status }) => status) }
}

/** Presses a button on the bank's page, which the buyer reaches by a full-page redirect. */
async function answerBank(url: string, decision: 'accept' | 'refuse'): Promise<void> {
  const answer = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ decision }).toString(),
  })
  expect(answer.status).toBe(303)
}

function days(until: Date | undefined, from: Date | undefined): number {
  return ((until?.getTime() ?? 0) - (from?.getTime() ?? 0)) / 86_400_000
}

async function balances(affiliateId: string): Promise<Record<string, number>> {
  const rows = await t.admin<{ account: string; balance: number }>(
    `select account, balance from affiliate_balances where "affiliateId" = $1`,
    [affiliateId],
  )
  return Object.fromEntries(rows.map((row) => [row.account, row.balance]))
}
