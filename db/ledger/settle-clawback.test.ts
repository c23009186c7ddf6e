import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#db/id.ts'
import { clawbackTarget } from '#domain/affiliation/clawback.ts'
import { cents, sumCents } from '#domain/base/money.ts'
import { REFUND_STATUSES } from '#domain/selling/enums.ts'
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

/** Example 1 of the business rules: 1224 of an invoice over 49.00 €. */
const earnExample1 = (affiliateId: string, start: Partial<CommissionStart> = {}) => earn(affiliateId, { invoiceTotal: 4900, ...start })

const clawedBack = async (id: string): Promise<number> => {
  const [row] = await world.admin('SELECT "clawedBackAmount" AS k FROM affiliate_commissions WHERE id = $1', [id])
  return Number(row?.k)
}

const refundFigures = (affiliateId: string) =>
  world.admin(
    'SELECT p."totalRefunded", u."totalRefunds" FROM affiliate_profiles p JOIN weokto_users u ON u.id = p."userId" WHERE u.id = $1',
    [affiliateId],
  )

describe('a refund', () => {
  it('takes the extended part first, then the main part, and nothing once all is taken', async () => {
    const id = await earnExample1(await world.affiliate())
    expect(await world.refund(id, 1000, day(3))).toBe(249)
    expect(await world.refund(id, 3900, day(4))).toBe(975)
    expect(await world.status(id)).toBe('CLAWED_BACK')
    expect(await world.refund(id, 4900, day(5))).toBe(0)
  })

  it('takes what has matured from AVAILABLE and what was spent from DEBT, which the next maturation repays', async () => {
    const affiliateId = await world.affiliate()
    const id = await earn(affiliateId)
    const other = await earn(affiliateId, { main: 5000, extended: 0 })
    await world.mature(day(45))
    await (await world.withdraw(affiliateId, 5979, day(46))).pay()
    await world.refund(id, 1224, day(50))
    expect(await world.balances(affiliateId)).toMatchObject({ LOCKED: 0, AVAILABLE: 0, DEBT: -979 })
    expect([await world.status(id), await world.status(other)]).toEqual(['CLAWED_BACK', 'PAID'])
    await earn(affiliateId, { main: 1000, extended: 0, earnedAt: day(10) })
    await world.mature(day(60))
    expect(await world.balances(affiliateId)).toMatchObject({ AVAILABLE: 21, DEBT: 0 })
  })

  it('keeps the rest of a matured main part', async () => {
    const affiliateId = await world.affiliate()
    const id = await earnExample1(affiliateId)
    await world.mature(day(50))
    await world.refund(id, 1000, day(50))
    expect(await world.balances(affiliateId)).toMatchObject({ LOCKED: 0, AVAILABLE: 975 })
    expect(await world.status(id)).toBe('MATURED')
  })

  it('and a chargeback of everything take the whole and no more', async () => {
    const affiliateId = await world.affiliate()
    const id = await earnExample1(affiliateId)
    expect(await world.refund(id, 1000, day(3))).toBe(249)
    expect(await world.lose(id, 4900, day(4))).toBe(975)
    expect(await refundFigures(affiliateId)).toEqual([{ totalRefunded: 1224, totalRefunds: 1 }])
  })

  it.each(['refunds', 'a refund and a lost dispute', 'a won dispute and a refund'])(
    'beside another at the same moment counts both, 50 times of 50: %s',
    async (pair) => {
      for (let round = 0; round < 50; round++) {
        const id = await earnExample1(await world.affiliate())
        const lost = newId()
        if (pair === 'a won dispute and a refund') await world.lose(id, 2000, day(2), lost)
        const other = () => {
          if (pair === 'refunds') return world.refund(id, 1900, day(3))
          return pair === 'a refund and a lost dispute' ? world.lose(id, 1900, day(3)) : world.win(id, lost, day(3))
        }
        await Promise.all([world.refund(id, 3000, day(3)), other()])
        expect(await clawedBack(id)).toBe(pair === 'a won dispute and a refund' ? 749 : 1224)
      }
    },
    120_000,
  )
})

describe('the same target', () => {
  it('posts nothing under a used key, so that an event told twice is no error', async () => {
    const id = await earn(await world.affiliate())
    await world.refund(id, 300, day(3), `${id}-once`)
    expect(await world.settle(id, `refund:${id}-once`, day(4))).toBe(0)
  })

  it('settles the status that others passed over while the commission was held', async () => {
    const affiliateId = await world.affiliate()
    const id = await earn(affiliateId, { extended: 0 })
    await world.mature(day(45))
    const withdrawal = await world.withdraw(affiliateId, 979, day(46))
    await world.holding(id, async (settle) => {
      await withdrawal.pay()
      await settle(day(47))
    })
    expect(await world.status(id)).toBe('PAID')
  })
})

describe('a dispute won after all', () => {
  it('gives back what was taken, and matures at once what is past its date', async () => {
    const affiliateId = await world.affiliate()
    const id = await earnExample1(affiliateId)
    const lost = newId()
    await world.lose(id, 4900, day(10), lost)
    expect(await world.status(id)).toBe('CLAWED_BACK')
    await world.win(id, lost, day(50))
    expect(await world.balances(affiliateId)).toMatchObject({ LOCKED: 245, AVAILABLE: 979 })
    expect(await world.status(id)).toBe('PARTIALLY_MATURED')
    await world.mature(day(90))
    expect(await world.balances(affiliateId)).toMatchObject({ LOCKED: 0, AVAILABLE: 1224 })
  })

  it('returns to a matured part what it had lost, even while the affiliate is blocked', async () => {
    const affiliateId = await world.affiliate()
    const id = await earn(affiliateId)
    const [first, second] = [newId(), newId()]
    await world.mature(day(45))
    await world.lose(id, 924, day(46), first)
    await world.lose(id, 200, day(46), second)
    await world.refund(id, 100, day(46))
    await world.block(affiliateId, day(47))
    await world.win(id, first, day(100))
    expect(await world.balances(affiliateId)).toMatchObject({ LOCKED: 0, AVAILABLE: 924 })
    await world.win(id, second, day(101))
    expect(await world.balances(affiliateId)).toMatchObject({ LOCKED: 145, AVAILABLE: 979 })
    await world.block(affiliateId, null)
    await world.mature(day(102))
    expect(await world.balances(affiliateId)).toMatchObject({ LOCKED: 0, AVAILABLE: 1124 })
  })

  it('matures nothing before its date, though the outcome is heard of late', async () => {
    const affiliateId = await world.affiliate()
    const id = await earn(affiliateId)
    const lost = newId()
    await world.lose(id, 1224, day(10), lost)
    await world.win(id, lost, { eventAt: day(44), now: day(95) })
    const rows = await world.admin(
      `SELECT metadata->>'part' AS part, "eventAt" FROM affiliate_ledger
        WHERE "commissionId" = $1 AND type = 'COMMISSION_MATURED' AND account = 'AVAILABLE' ORDER BY 1 DESC`,
      [id],
    )
    expect(rows).toEqual([
      { part: 'main', eventAt: day(45) },
      { part: 'extended', eventAt: day(90) },
    ])
  })

  it('must have been lost, and is won once', async () => {
    const id = await earn(await world.affiliate())
    const [refunded, lost] = [newId(), newId()]
    await world.refund(id, 100, day(1), refunded)
    await world.lose(id, 100, day(1), lost)
    expect(await refusal(() => world.win(id, refunded, day(2)))).toBe('23514 dispute_outcomes_lost_before')
    await world.win(id, lost, day(2))
    expect(await refusal(() => world.win(id, lost, day(3)))).toBe('23505 dispute_outcomes_pkey')
    expect(await clawedBack(id)).toBe(100)
  })
})

describe('a rejected hold', () => {
  it('takes all, once and for good', async () => {
    const affiliateId = await world.affiliate()
    const id = await earnExample1(affiliateId, { held: true })
    expect(await world.rejectHold(id, day(1))).toBe(1224)
    expect([await world.refund(id, 1000, day(2)), await world.rejectHold(id, day(3))]).toEqual([0, 0])
    expect(await world.status(id)).toBe('CLAWED_BACK')
    const forget = world.app('UPDATE affiliate_commissions SET "holdRejectedAt" = NULL WHERE id = $1', [id])
    expect(await refusal(() => forget)).toBe('23001 affiliate_commissions_rejection_stays')
  })

  it('is left out of the refund figures, with what was refunded before', async () => {
    const affiliateId = await world.affiliate()
    const id = await earn(affiliateId, { held: true })
    await world.refund(id, 249, day(1))
    expect(await refundFigures(affiliateId)).toEqual([{ totalRefunded: 249, totalRefunds: 1 }])
    await world.rejectHold(id, day(2))
    expect(await refundFigures(affiliateId)).toEqual([{ totalRefunded: 0, totalRefunds: 0 }])
  })

  it('is remembered when there was nothing left to take: a dispute won later gives nothing back', async () => {
    const affiliateId = await world.affiliate()
    const id = await earn(affiliateId, { held: true })
    const lost = newId()
    await world.lose(id, 1224, day(1), lost)
    expect(await world.rejectHold(id, day(2))).toBe(0)
    expect(await refundFigures(affiliateId)).toEqual([{ totalRefunded: 0, totalRefunds: 0 }])
    expect(await world.win(id, lost, day(3))).toBe(0)
    expect(await world.status(id)).toBe('CLAWED_BACK')
  })

  it('must have been held', async () => {
    const id = await earn(await world.affiliate())
    expect(await refusal(() => world.rejectHold(id, day(1)))).toBe('23514 settle_rejects_a_hold')
  })
})

it('the target in SQL is the target of the domain', async () => {
  const written = fc.record({
    amount: fc.integer({ min: 1, max: 3_000_000 }),
    status: fc.constantFrom(...REFUND_STATUSES),
    isChargeback: fc.boolean(),
    isWon: fc.boolean(),
  })
  const property = fc.asyncProperty(
    fc.integer({ min: 1, max: 2_147_483_647 }),
    fc.integer({ min: 0, max: 5_000_000 }),
    fc.array(written, { maxLength: 6 }),
    fc.nat({ max: 9 }).map((n) => n === 0),
    async (totalAmount, invoiceTotal, refunds, isHoldRejected) => {
      const id = newId()
      const rows = refunds.map((one, n) => ({ ...one, id: `${id}-${n}`, metadata: one.isChargeback ? { kind: 'chargeback' } : {} }))
      const standing = rows.filter(({ status }) => status === 'PROCESSED')
      const won = standing.filter(({ isChargeback, isWon }) => isChargeback && isWon)
      await world.admin(
        `INSERT INTO invoices (id, "customerId", "amountExcludingTax", "amountIncludingTax", status, "paidAt", kind, "taxRateBps", country,
          "updatedAt") VALUES ($1, 'customer', $2, $2, 'PAID', now(), 'RENEWAL', 0, 'FR', now())`,
        [id, invoiceTotal],
      )
      await world.admin(
        `INSERT INTO refunds (id, "customerId", "invoiceId", amount, status, metadata, "updatedAt")
          SELECT id, 'customer', $1, amount, status, metadata, now() FROM jsonb_populate_recordset(NULL::refunds, $2)`,
        [id, JSON.stringify(rows)],
      )
      await world.admin('INSERT INTO dispute_outcomes ("refundId", "wonAt") SELECT unnest($1::text[]), now()', [won.map((row) => row.id)])
      const commission = { invoiceId: id, totalAmount, holdRejectedAt: isHoldRejected ? day(1) : null }
      const [said] = await world.admin('SELECT clawback_target(jsonb_populate_record(NULL::affiliate_commissions, $1)) AS target', [
        JSON.stringify(commission),
      ])
      const sumOf = (some: typeof rows) => sumCents(some.map(({ amount }) => cents(amount)))
      const facts = { totalCents: cents(totalAmount), invoiceTotalCents: cents(invoiceTotal), isHoldRejected }
      expect(said?.target).toBe(clawbackTarget({ ...facts, refundedCents: sumOf(standing), wonBackCents: sumOf(won) }))
    },
  )
  await fc.assert(property, { numRuns: 200 })
})
