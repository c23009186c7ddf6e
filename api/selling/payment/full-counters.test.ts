import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { COUNTER_MOST } from '#db/counter.ts'
import { newId } from '#db/id.ts'
import { expectBooksBalanced } from '#db/ledger/verify.ts'
import { affiliateBoostCodes, affiliateBoostRedemptions, competitionLeaderboard, competitions } from '#db/schema/all.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { addDays } from '#domain/base/time.ts'
import { orderedSale, tellPaid } from '#dev/testing/at-once.ts'
import { makeAffiliate, makeCommunity, makeLink, makeOffer } from '#dev/testing/people.ts'
import { startSite, type Site } from '#dev/testing/site.ts'

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

/** An affiliate of a guild with one sale behind them, so that every counter of the next one has its row. */
async function seller() {
  const guild = await makeCommunity(t.db, { platform: 'WEOKTO' })
  const affiliate = await makeAffiliate(t.db, {}, { currentGuildId: guild.id })
  const offer = await makeOffer(t.db)
  const link = await makeLink(t.db, { affiliateId: affiliate.id, productId: offer.product.id })
  await activeBoost(affiliate.id)
  const sell = async () => {
    const sale = await orderedSale(t, offer, { affiliateId: affiliate.id, linkId: link.id })
    await tellPaid(site.services.config.STAM_ORIGIN, sale)
    return sale
  }
  await sell()
  return { affiliateId: affiliate.id, guildId: guild.id, sell }
}

async function activeBoost(affiliateId: string): Promise<void> {
  const [codeId, begun] = [newId(), daysFromNow(-1)]
  await t.db.batch([
    t.db.insert(affiliateBoostCodes).values({ id: codeId, code: codeId, boostType: 'flat_bonus', boostValue: 10_000, validFrom: begun }),
    t.db.insert(affiliateBoostRedemptions).values({ id: newId(), codeId, affiliateId, redeemedAt: begun }),
  ])
}

/** One of people and one of guilds, running now; no others. */
async function runCompetitions(): Promise<void> {
  const window = { type: 'WEEKLY' as const, startDate: daysFromNow(-1), endDate: daysFromNow(1), name: 'Week', rewards: {} }
  await t.db.batch([
    t.db.delete(competitionLeaderboard),
    t.db.delete(competitions),
    t.db.insert(competitions).values({ ...window, id: newId(), mode: 'SOLO' }),
    t.db.insert(competitions).values({ ...window, id: newId(), mode: 'GUILD' }),
  ])
}

const daysFromNow = (days: number) => addDays(new Date(), days)

test.each([
  ['a board of people', 'competition_leaderboard', ['totalSales', 'salesCount'], '"userId" = $1'],
  ['a board of guilds', 'competition_leaderboard', ['totalSales', 'salesCount'], '"guildId" = $2'],
  ['the statistics of a day', 'affiliate_daily_stats', ['salesCount', 'salesCents', 'commissionCents'], '"affiliateId" = $1'],
  ['a boost', 'affiliate_boost_redemptions', ['salesCount', 'commissionsEarned'], '"affiliateId" = $1'],
  ['pearls', 'weokto_users', ['pearlsEarned', 'pearlBalance'], 'id = $1'],
])('%s at its limit stands still and lets the sale through', async (_what, table, columns, where) => {
  await runCompetitions()
  const { affiliateId, guildId, sell } = await seller()
  const key = where.replace('$2', '$1')
  const whose = [where.includes('$2') ? guildId : affiliateId]
  const full = columns.map((column) => `"${column}" = ${COUNTER_MOST}`).join(', ')
  expect(await t.admin(`update ${table} set ${full} where ${key} returning 1`, whose)).toHaveLength(1)
  const { invoiceId } = await sell()
  expect(await t.admin(`select status from invoices where id = $1`, [invoiceId])).toEqual([{ status: 'PAID' }])
  const [row] = await t.admin(`select * from ${table} where ${key}`, whose)
  expect(row).toMatchObject(Object.fromEntries(columns.map((column) => [column, COUNTER_MOST])))
})
