import { afterAll, beforeAll, expect, test } from 'vitest'
import { day, ledgerWorld, type LedgerWorld } from '#db/ledger/testing.ts'
import { LOCK_PROFILES } from '#domain/affiliation/enums.ts'
import { kindOf, WAITING_KINDS } from '#domain/affiliation/waiting.ts'
import type { Services } from '#api/context.ts'
import { showAffiliate } from '#api/overview/show-affiliate.ts'
import { walk } from '#dev/testing/lists.ts'
import { testContext, testServices } from '#dev/testing/services.ts'
import { ListCommissions, listOwnCommissions } from './list-own.ts'

let w: LedgerWorld
let services: Services

beforeAll(async () => {
  w = await ledgerWorld()
  services = testServices(w.http)
})
afterAll(() => w.close())

/** Numbers without chance, so that a failure comes back: a step of a linear congruence. */
function numbers(seed: number) {
  let state = seed
  return (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}

/** Commissions of every profile, some held, disputed, released, refunded and matured, of somebody who may be blocked. */
async function history(seed: number, isBlocked: boolean): Promise<string> {
  const pick = numbers(seed)
  const id = await w.affiliate()
  const ids: string[] = []
  for (const profile of LOCK_PROFILES) {
    for (let n = 0; n < 4; n++) {
      const earnedAt = new Date(day(pick(80)).getTime() + pick(86_400_000))
      ids.push(await w.earn({ affiliateId: id, main: 100 + pick(900), extended: pick(300), earnedAt, profile, held: pick(4) === 0 }))
    }
  }
  if (pick(2) === 0) await w.mature(day(60))
  for (const commission of ids) {
    if (pick(4) === 0) await w.refund(commission, 1 + pick(400), day(81))
    if (pick(5) === 0) await w.admin('UPDATE affiliate_commissions SET "disputedAt" = $2 WHERE id = $1', [commission, day(82)])
    if (pick(3) === 0) await w.admin('UPDATE affiliate_commissions SET "releasedAt" = $2 WHERE id = $1', [commission, day(82)])
  }
  if (isBlocked) await w.block(id, day(83))
  return id
}

test.each([
  [1, false],
  [2, false],
  [3, false],
  [4, true],
])('the rule of the list and the SQL of the sums name each part alike: history %i', async (seed, isBlocked) => {
  const id = await history(seed, isBlocked)
  for (const now of [day(85), day(130), day(175)]) {
    const ctx = testContext(services, now, { id, userType: 'AFFILIATE' })
    const { money } = await showAffiliate(ctx)
    const figures = { main: money.locked.cents, extended: money.extended.cents, undated: money.undatedCents }
    const all = await walk((place) => listOwnCommissions(ctx, { ...ListCommissions.parse({}), ...place, size: 100 }))
    for (const kind of WAITING_KINDS) {
      const cents = (rows: typeof all) =>
        rows.flatMap((row) => row.waits.filter((wait) => kindOf(wait) === kind)).reduce((sum, wait) => sum + wait.cents, 0)
      const asked = { ...ListCommissions.parse({ waits: kind }), size: 3 }
      const { sums } = await listOwnCommissions(ctx, asked)
      const rows = await walk((place) => listOwnCommissions(ctx, { ...asked, ...place }))
      expect(rows.every((row) => row.waits.some((wait) => kindOf(wait) === kind))).toBe(true)
      expect({ kind, shown: cents(rows), all: cents(all), summed: sums.waitingCents }).toEqual({
        kind,
        shown: figures[kind],
        all: figures[kind],
        summed: figures[kind],
      })
    }
    expect(figures.main + figures.extended + figures.undated).toBe((await w.balances(id)).LOCKED)
  }
})

test('nothing of somebody blocked has a date', async () => {
  const id = await w.affiliate()
  const commission = await w.earn({ affiliateId: id, main: 979, extended: 245, earnedAt: day(0) })
  await w.block(id, day(1))
  const ctx = testContext(services, day(2), { id, userType: 'AFFILIATE' })
  const { money, releases } = await showAffiliate(ctx)
  expect([money.locked.cents, money.extended.cents, money.undatedCents, releases]).toEqual([0, 0, 1224, []])
  const { rows } = await listOwnCommissions(ctx, ListCommissions.parse({}))
  expect(rows).toMatchObject([{ id: commission, waits: [{ part: 'all', why: 'blocked', cents: 1224, until: null }] }])
})
