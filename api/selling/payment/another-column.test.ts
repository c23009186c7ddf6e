import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#db/id.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { commissionEarned } from '#domain/affiliation/ledger.ts'
import { cents } from '#domain/base/money.ts'
import { makeAffiliate, makeLink, makeOffer, makeSale, makeClient } from '#dev/testing/people.ts'

const NOW = new Date('2026-03-10T12:00:00Z')
/** The tables that a paid sale adds a row to by what was decided, each with a column that no function has heard of. */
const TABLES = ['affiliate_commissions', 'affiliate_attributions', 'affiliate_tracking_events']

let t: TestDatabase
beforeAll(async () => {
  t = await testDatabase()
  for (const table of TABLES) await t.admin(`alter table ${table} add column "added" text`)
})
afterAll(() => t.close())

const call = (name: string, record: object) =>
  t.admin(`select ${name}($1::jsonb, $2::timestamp)`, [JSON.stringify(record), NOW.toISOString()])
const added = (table: string, id: string) => t.admin<{ added: string | null }>(`select "added" from ${table} where id = $1`, [id])

async function sold() {
  const [affiliate, offer, buyer] = await Promise.all([makeAffiliate(t.db), makeOffer(t.db), makeClient(t.db)])
  const sale = await makeSale(t.db, { productId: offer.product.id, planId: offer.plan.id, stamUserId: buyer.id, paidAt: NOW })
  return { affiliate, offer, sale }
}

test('a click and an attribution keep a column that was added to their tables', async () => {
  const { affiliate, offer, sale } = await sold()
  const link = await makeLink(t.db, { affiliateId: affiliate.id, productId: offer.product.id })
  const whose = { affiliateId: affiliate.id, productId: offer.product.id, linkId: link.id, added: 'kept' }
  const click = { ...whose, id: newId(), clickId: newId(), platform: 'STAM', createdAt: NOW }
  const bind = {
    ...whose,
    id: newId(),
    affiliateTrackingEventId: click.id,
    customerId: sale.customer.id,
    isFreeProductAttribution: false,
    boundAt: NOW,
    source: 'click',
  }
  await call('bind_attribution', { click, replaces: [], byEventId: click.id, bind })
  expect(await added('affiliate_tracking_events', click.id)).toEqual([{ added: 'kept' }])
  expect(await added('affiliate_attributions', bind.id)).toEqual([{ added: 'kept' }])
})

test('a commission keeps a column that was added to its table', async () => {
  const { affiliate, offer, sale } = await sold()
  const commission = {
    id: newId(),
    affiliateProgramId: offer.program.id,
    customerId: sale.customer.id,
    invoiceId: sale.invoice.id,
    status: 'LOCKED',
    lockPeriodDays: 14,
    lockedUntil: NOW,
    maturesAt: NOW,
    lockedAmount: 1_000,
    extendedLockAmount: 0,
    totalAmount: 1_000,
    currency: 'EUR',
    policyVersion: 1,
    profile: 'NEW',
    earnedAt: NOW,
    heldReasons: [],
    added: 'kept',
  }
  await call('earn_commission', {
    affiliateId: affiliate.id,
    commission,
    moves: commissionEarned(cents(1_000)).moves,
    refs: { commissionId: commission.id, description: 'Commission' },
    holds: { redemptionId: null },
    affiliate: { riskLevel: affiliate.riskLevel, firstCommissionAt: null, guildId: null, isTrusted: false, pearls: 0, counts: true },
    notice: { id: newId(), kind: 'commission_earned', payload: {} },
  })
  expect(await added('affiliate_commissions', commission.id)).toEqual([{ added: 'kept' }])
})
