import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#db/id.ts'
import { day, ledgerWorld, refusal, type CommissionStart, type LedgerWorld } from './testing.ts'
import { expectBooksBalanced } from './verify.ts'

let world: LedgerWorld
beforeAll(async () => {
  world = await ledgerWorld()
})
afterAll(async () => {
  await expectBooksBalanced(world.admin)
  await world.close()
})

const earn = (affiliateId: string, start: Partial<CommissionStart> = {}) =>
  world.earn({ affiliateId, main: 979, extended: 245, earnedAt: day(0), ...start })

/** What a schedule of runs leaves behind, without the instants at which the runs happened to come. */
async function outcome(affiliateId: string): Promise<unknown> {
  const commissions = await world.admin(
    `SELECT status, "mainMaturedAt" IS NOT NULL AS main, "extendedMaturedAt" IS NOT NULL AS extended FROM affiliate_commissions
      WHERE "affiliateId" = $1 ORDER BY "earnedAt", "totalAmount"`,
    [affiliateId],
  )
  const entries = await world.admin(
    `SELECT type, account, amount, "balanceAfter", "eventAt" FROM affiliate_ledger WHERE "affiliateId" = $1 ORDER BY account, seq`,
    [affiliateId],
  )
  const lots = await world.admin(`SELECT amount, remaining FROM affiliate_lots WHERE "affiliateId" = $1 ORDER BY seq`, [affiliateId])
  return { commissions, entries, lots }
}

async function crowd(debt: number): Promise<string> {
  const affiliateId = await world.affiliate()
  for (let n = 0; n < 12; n++) await earn(affiliateId, { earnedAt: day(n / 24), main: 800 + n, extended: 200 + n })
  if (debt > 0) await world.adjust(affiliateId, newId(), -debt, day(6))
  return affiliateId
}

describe('mature_commissions', () => {
  it('frees each part at its date, not a millisecond before', async () => {
    const affiliateId = await world.affiliate()
    const id = await earn(affiliateId)
    expect(await world.mature(new Date(day(45).getTime() - 1))).toBe(0)
    await world.mature(day(45))
    expect(await world.status(id)).toBe('PARTIALLY_MATURED')
    expect(await world.balances(affiliateId)).toMatchObject({ LOCKED: 245, AVAILABLE: 979 })
    expect(await world.mature(new Date(day(90).getTime() - 1))).toBe(0)
    await world.mature(day(90))
    expect(await world.status(id)).toBe('MATURED')
    expect(await world.balances(affiliateId)).toMatchObject({ LOCKED: 0, AVAILABLE: 1224 })
  })

  it('frees what remains of a part after a clawback', async () => {
    const affiliateId = await world.affiliate()
    const id = await earn(affiliateId)
    await world.refund(id, 249, day(3))
    await world.mature(day(45))
    expect(await world.balances(affiliateId)).toMatchObject({ LOCKED: 0, AVAILABLE: 975 })
    expect(await world.status(id)).toBe('MATURED')
  })

  it.each([0, 1500])('comes to the same end whether it ran daily, late, in small steps or often at once (debt %i)', async (debt) => {
    const daily = await crowd(debt)
    for (let n = 40; n <= 100; n++) await world.mature(day(n))
    const late = await crowd(debt)
    await world.mature(day(130))
    const small = await crowd(debt)
    await world.mature(day(130), 5)
    const often = await crowd(debt)
    await Promise.all([1, 2, 3, 4].map(() => world.mature(day(130), 3)))
    await world.mature(day(130))
    const expected = await outcome(daily)
    expect(await outcome(late)).toEqual(expected)
    expect(await outcome(small)).toEqual(expected)
    expect(await outcome(often)).toEqual(expected)
  })

  it('leaves nothing behind when it is killed half-way', async () => {
    const affiliateId = await crowd(0)
    const before = await outcome(affiliateId)
    const killed = `BEGIN; SELECT * FROM mature_commissions('${day(130).toISOString()}', 5); SELECT pg_terminate_backend(pg_backend_pid())`
    expect(await refusal(() => world.admin(killed))).toBe('57P01 ')
    expect(await outcome(affiliateId)).toEqual(before)
    expect(await world.mature(day(130))).toBe(24)
  })

  it('matures once when 50 run at once', async () => {
    const affiliateId = await crowd(0)
    await Promise.all(Array.from({ length: 50 }, () => world.mature(day(130))))
    expect(await world.countEntries(affiliateId, 'COMMISSION_MATURED')).toBe(48)
  })

  it('runs beside writers without an error', async () => {
    const affiliates = [await crowd(0), await crowd(900), await crowd(0), await crowd(2000)]
    const writes = affiliates.flatMap((id) => Array.from({ length: 10 }, (_, n) => world.adjust(id, newId(), n % 3 ? 50 : -120, day(131))))
    await Promise.all([...writes, ...[1, 2, 3, 4].map(() => world.mature(day(130), 7))])
    await world.mature(day(130))
    await expectBooksBalanced(world.admin)
  })
})

describe('maturation waits', () => {
  // Whatever the other tests left to mature is out of the way, so that counts speak of one affiliate.
  beforeEach(() => world.mature(day(400)))

  it('for a blocked affiliate, whose dates stay', async () => {
    const affiliateId = await world.affiliate()
    await earn(affiliateId)
    await world.block(affiliateId, day(10))
    expect(await world.mature(day(60))).toBe(0)
    await world.block(affiliateId, null)
    expect(await world.mature(day(60))).toBe(1)
  })

  it('for a hold and an open dispute', async () => {
    const affiliateId = await world.affiliate()
    const held = await earn(affiliateId, { held: true })
    const disputed = await earn(affiliateId)
    await world.admin('UPDATE affiliate_commissions SET "disputedAt" = $2 WHERE id = $1', [disputed, day(5)])
    expect(await world.mature(day(100))).toBe(0)
    await world.admin(`UPDATE affiliate_commissions SET "disputedAt" = NULL, status = 'LOCKED', "decideBy" = NULL WHERE id = ANY($1)`, [
      [held, disputed],
    ])
    expect(await world.mature(day(100))).toBe(4)
  })

  it('for the owner’s release of an EXTREME_RISK extended part', async () => {
    const affiliateId = await world.affiliate()
    const id = await earn(affiliateId, { profile: 'EXTREME_RISK', mainLockDays: 90, extendedLockDays: 180 })
    expect(await world.mature(day(200))).toBe(1)
    expect(await world.status(id)).toBe('PARTIALLY_MATURED')
    await world.admin('UPDATE affiliate_commissions SET "releasedAt" = $2 WHERE id = $1', [id, day(201)])
    expect(await world.mature(day(201))).toBe(1)
    expect(await world.status(id)).toBe('MATURED')
  })
})
