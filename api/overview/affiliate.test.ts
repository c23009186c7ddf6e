import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { day, ledgerWorld, type LedgerWorld } from '#db/ledger/testing.ts'
import { affiliateDailyStats } from '#db/schema/all.ts'
import { USER_TYPES } from '#domain/identity/enums.ts'
import { ListCommissions, listOwnCommissions } from '#api/affiliation/commission/list-own.ts'
import { showCommission } from '#api/affiliation/commission/show-commission.ts'
import { ListLedger, listOwnLedger } from '#api/affiliation/ledger/list-own.ts'
import type { Ctx, Services } from '#api/context.ts'
import { walk } from '#dev/testing/lists.ts'
import { makePerson } from '#dev/testing/people.ts'
import { testContext, testServices } from '#dev/testing/services.ts'
import { showAffiliate } from './show-affiliate.ts'

const ALL = ListCommissions.parse({})
const STATEMENT = ListLedger.parse({})

let w: LedgerWorld
let services: Services

beforeAll(async () => {
  w = await ledgerWorld()
  services = testServices(w.http)
})
afterAll(() => w.close())

const as = (id: string, now: Date): Ctx => testContext(services, now, { id, userType: 'AFFILIATE' })

/** Earned on day 0 and 40; refunded, matured, withdrawn and indebted until day 50. */
async function history() {
  const id = await w.affiliate()
  const first = await w.earn({ affiliateId: id, main: 979, extended: 245, earnedAt: day(0) })
  const big = await w.earn({ affiliateId: id, main: 5000, extended: 1000, earnedAt: day(0) })
  const late = await w.earn({ affiliateId: id, main: 979, extended: 245, earnedAt: day(40) })
  const held = await w.earn({ affiliateId: id, main: 800, extended: 200, earnedAt: day(44), held: true })
  await w.mature(day(45))
  const paid = await w.withdraw(id, 3000, day(46))
  await paid.pay()
  await w.withdraw(id, 2979, day(47))
  await w.refund(first, 1224, day(48))
  return { id, first, big, late, held, ctx: as(id, day(50)) }
}

describe('the home', () => {
  test('sums to the ledger, part by part', async () => {
    const { id, ctx } = await history()
    const { money, releases } = await showAffiliate(ctx)
    const ledger = await w.balances(id)
    expect(money).toMatchObject({
      availableCents: 0,
      lockedCents: 1000 + 1224 + 1000,
      undatedCents: 1000,
      inWithdrawalCents: 2979,
      debtCents: 979,
      paidCents: 2910,
      earnedCents: 9448,
      refundedCents: 1224,
      withdrawnCents: 3000,
    })
    expect(money.availableCents + money.lockedCents + money.inWithdrawalCents - money.debtCents).toBe(money.owedCents)
    expect(money.owedCents).toBe(0 - ledger.PLATFORM)
    expect(money.locked.cents + money.extended.cents + money.undatedCents).toBe(ledger.LOCKED)
    expect(money.locked).toMatchObject({ cents: 979, from: '2026-03-27' })
    expect(releases.map(({ day: at, cents }) => [at, cents])).toEqual([
      ['2026-03-27', 979],
      ['2026-04-01', 1000],
      ['2026-05-11', 245],
    ])
  })

  test('shows 30 days of Paris beside the 30 before, and what clicks brought', async () => {
    const id = await w.affiliate()
    const now = new Date('2026-03-31T22:30:00Z')
    const row = (at: string, values: object) => ({ affiliateId: id, linkId: '', productId: '', day: at, ...values })
    await services.db
      .insert(affiliateDailyStats)
      .values([
        row('2026-04-01', { grossClicks: 10, uniqueClicks: 8, filteredClicks: 2, salesCount: 1, salesCents: 4900, commissionCents: 1224 }),
        { ...row('2026-04-01', { grossClicks: 5, uniqueClicks: 1 }), productId: 'p' },
        row('2026-03-03', { grossClicks: 7, uniqueClicks: 7, commissionCents: 500 }),
        row('2026-03-02', { grossClicks: 3, uniqueClicks: 3, commissionCents: 300 }),
        row('2026-01-31', { grossClicks: 1, uniqueClicks: 1, commissionCents: 100 }),
      ])
    const { period } = await showAffiliate(as(id, now))
    expect(period.earnings).toHaveLength(30)
    expect(period.earnings[0]).toMatchObject({ day: '2026-03-03', commissionCents: 500, previousCents: 0 })
    expect(period.earnings.at(-1)).toMatchObject({ day: '2026-04-01', commissionCents: 1224, previousCents: 300, uniqueClicks: 9 })
    expect(period.now).toEqual({
      grossClicks: 22,
      uniqueClicks: 16,
      filteredClicks: 2,
      salesCount: 1,
      salesCents: 4900,
      commissionCents: 1724,
      conversionBps: 625,
      epcCents: 107,
    })
    expect(period.before).toMatchObject({ grossClicks: 3, commissionCents: 300 })
  })

  test('of somebody new is zeros, and divides by nothing', async () => {
    const { money, period, recent, releases, standing } = await showAffiliate(as(await w.affiliate(), day(1)))
    expect(money).toMatchObject({
      availableCents: 0,
      lockedCents: 0,
      debtCents: 0,
      owedCents: 0,
      locked: { cents: 0, from: null, until: null },
    })
    expect(period.now).toMatchObject({ conversionBps: null, epcCents: null })
    expect([recent, releases, standing.activeLinks]).toEqual([[], [], 0])
  })
})

describe('commissions', () => {
  test('each says what it waits for and until when', async () => {
    const { ctx, first, big, late, held } = await history()
    const { rows: commissions, total, sums } = await listOwnCommissions(ctx, ALL)
    expect([total, sums.totalCents]).toEqual([4, commissions.reduce((sum, { totalCents }) => sum + totalCents, 0)])
    const of = (id: string) => commissions.find((commission) => commission.id === id)
    expect(of(first)).toMatchObject({ status: 'CLAWED_BACK', keptCents: 0, waits: [] })
    expect(of(big)).toMatchObject({
      status: 'PARTIALLY_MATURED',
      waits: [{ part: 'extended', why: 'locked', cents: 1000, until: day(90) }],
    })
    expect(of(late)).toMatchObject({
      status: 'LOCKED',
      waits: [
        { part: 'main', cents: 979, until: day(85) },
        { part: 'extended', cents: 245, until: day(130) },
      ],
    })
    expect(of(held)).toMatchObject({ status: 'PENDING_LOCK', waits: [{ part: 'all', why: 'held', cents: 1000 }] })
  })

  test('are filtered, sorted and paged without a row lost or doubled', async () => {
    const { ctx, big } = await history()
    const some = async (values: Partial<ListCommissions>) =>
      (await listOwnCommissions(ctx, { ...ALL, ...values })).rows.map((commission) => commission.id)
    expect(await some({ status: 'PARTIALLY_MATURED' })).toEqual([big])
    expect((await some({ sort: '-totalCents' }))[0]).toBe(big)
    const paged = await walk((place) => listOwnCommissions(ctx, { ...ALL, ...place, size: 1 }))
    expect(paged.map(({ id }) => id)).toEqual(await some({}))
  })

  test('one opens to how it was computed, what happened, and its ledger lines, which sum to zero', async () => {
    const { ctx, first } = await history()
    const shown = await showCommission(ctx, { id: first })
    expect(shown).toMatchObject({
      id: first,
      mainCents: 979,
      extendedCents: 245,
      clawedBackCents: 1224,
      lockPeriodDays: 45,
      profile: 'NEW',
    })
    expect(shown.history.map((step) => [step.what, step.cents])).toEqual([
      ['earned', 1224],
      ['main_matured', null],
      ['clawed_back', 1224],
    ])
    expect(shown.ledger.reduce((sum, line) => sum + line.amountCents, 0)).toBe(0)
    expect(
      shown.ledger
        .filter((line) => line.type === 'COMMISSION_CLAWED_BACK')
        .map((line) => line.account)
        .toSorted(),
    ).toEqual(['DEBT', 'LOCKED', 'PLATFORM'])
  })
})

describe('the ledger', () => {
  test('is told by transaction, page after page, each summing to zero and none left out', async () => {
    const { id, ctx } = await history()
    const seen: Awaited<ReturnType<typeof listOwnLedger>>['transactions'] = []
    for (let after: string | undefined, pages = 0; pages < 50; pages++) {
      const page = await listOwnLedger(ctx, { size: 2, ...(after ? { after } : {}) })
      seen.push(...page.transactions)
      if (page.next === null) break
      after = page.next
    }
    expect(seen.every((transaction) => transaction.lines.reduce((sum, line) => sum + line.amountCents, 0) === 0)).toBe(true)
    const rows = await w.admin(
      'SELECT count(*)::int AS lines, count(DISTINCT "transactionId")::int AS transactions FROM affiliate_ledger WHERE "affiliateId" = $1',
      [id],
    )
    expect([{ lines: seen.flatMap((one) => one.lines).length, transactions: new Set(seen.map((one) => one.transactionId)).size }]).toEqual(
      rows,
    )
    expect(seen.map((one) => one.createdAt.getTime())).toEqual(seen.map((one) => one.createdAt.getTime()).toSorted((a, b) => b - a))
    expect(seen[0]).toMatchObject({ type: 'COMMISSION_CLAWED_BACK', createdAt: day(48) })
  })

  test('tells an approval with its fee as one transaction, by the name of the approval', async () => {
    const { ctx } = await history()
    const { transactions } = await listOwnLedger(ctx, { ...STATEMENT, account: 'PAYABLE' })
    expect(transactions.map((one) => one.type).toSorted()).toEqual(['WITHDRAWAL_APPROVED', 'WITHDRAWAL_PAID'])
    const approval = transactions.find((one) => one.type === 'WITHDRAWAL_APPROVED')
    expect(approval?.lines.map((line) => [line.type, line.amountCents])).toEqual([
      ['FEE_DEDUCTED', 90],
      ['WITHDRAWAL_APPROVED', -2910],
      ['FEE_DEDUCTED', -90],
      ['WITHDRAWAL_APPROVED', 2910],
    ])
  })

  test('of one account shows what moved it', async () => {
    const { ctx } = await history()
    const { transactions } = await listOwnLedger(ctx, { ...STATEMENT, account: 'DEBT' })
    expect(transactions.map((one) => one.type)).toEqual(['COMMISSION_CLAWED_BACK'])
  })

  test.each(['x', '1', '1_', '-1_a', '1_a b', "1_'; drop", '99999999999999999_a'])('%s is no place to go on from', (after) => {
    expect(ListLedger.safeParse({ after }).success).toBe(false)
  })
})

describe('everyone sees only their own', () => {
  test('another affiliate’s commission is not found, and lists are empty', async () => {
    const { first } = await history()
    const other = as(await w.affiliate(), day(50))
    await expect(showCommission(other, { id: first })).rejects.toMatchObject({ code: 'not_found' })
    expect((await listOwnCommissions(other, ALL)).total).toBe(0)
    expect((await listOwnLedger(other, STATEMENT)).transactions).toEqual([])
  })

  test.each(USER_TYPES)('who is %s', async (userType) => {
    const ctx = testContext(services, day(1), await makePerson(services.db, { userType }))
    const isAllowed = userType === 'AFFILIATE' || userType === 'OWNER'
    for (const run of [() => showAffiliate(ctx), () => listOwnCommissions(ctx, ALL), () => listOwnLedger(ctx, STATEMENT)]) {
      if (isAllowed) await expect(run()).resolves.toBeDefined()
      else await expect(run()).rejects.toMatchObject({ code: 'forbidden' })
    }
    await expect(showCommission(ctx, { id: 'a'.repeat(24) })).rejects.toMatchObject({ code: isAllowed ? 'not_found' : 'forbidden' })
    await expect(showAffiliate(testContext(services, day(1)))).rejects.toMatchObject({ code: 'unauthorized' })
  })
})
