import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cents } from '#domain/base/money.ts'
import { addDays } from '#domain/base/time.ts'
import { clawbackTarget, clawbackTo } from './clawback.ts'
import { dueParts, remainingParts, statusOf, stillLocked, type CommissionState } from './maturation.ts'

const earnedAt = new Date('2026-01-10T09:30:00Z')
const day = (days: number) => addDays(earnedAt, days)

/** Example 1 on the day it was earned: 1224 in all, 979 until day 45 and 245 until day 90. */
const one: CommissionState = {
  lockedAmount: cents(979),
  extendedLockAmount: cents(245),
  lockedUntil: day(45),
  extendedLockedUntil: day(90),
  clawedBack: cents(0),
  isMainMatured: false,
  isExtendedMatured: false,
  isHeld: false,
  isDisputed: false,
  isAffiliateBlocked: false,
  needsRelease: false,
  releasedAt: null,
}

const sale = { totalCents: cents(1224), invoiceTotalCents: cents(4900), wonBackCents: cents(0), isHoldRejected: false }
const target = (refunded: number, change: Partial<typeof sale> = {}) =>
  clawbackTarget({ ...sale, refundedCents: cents(refunded), ...change })

describe('worked examples', () => {
  test('4: refunds of 10.00 € and 39.00 € on day 3', () => {
    expect(target(1000)).toBe(249)
    const first = clawbackTo(target(1000), one)
    expect(first).toMatchObject({ change: 249, locked: 249, matured: 0, clawedBack: 249 })
    const after = { ...one, clawedBack: first.clawedBack }
    expect(remainingParts(after)).toEqual({ main: 975, extended: 0 })
    expect(stillLocked(after)).toBe(975)
    const second = clawbackTo(target(4900), after)
    expect(second).toMatchObject({ change: 975, locked: 975, matured: 0, clawedBack: 1224 })
    const over = { ...one, clawedBack: second.clawedBack }
    expect(stillLocked(over)).toBe(0)
    expect(statusOf(over, cents(0))).toBe('CLAWED_BACK')
  })

  test('5: full refund on day 50, after the main part matured', () => {
    const matured = { ...one, isMainMatured: true }
    expect(clawbackTo(target(4900), matured)).toMatchObject({ change: 1224, locked: 245, matured: 979, clawedBack: 1224 })
  })

  test('9: a dispute lost on day 10 and won after all on day 50', () => {
    const lost = clawbackTo(target(4900), one)
    expect(lost.locked).toBe(1224)
    const won = clawbackTo(target(4900, { wonBackCents: cents(4900) }), { ...one, clawedBack: lost.clawedBack })
    expect(won).toEqual({ change: -1224, locked: -1224, matured: 0, restored: { main: 979, extended: 245 }, clawedBack: 0 })
    const due = dueParts({ ...one, clawedBack: won.clawedBack }, day(50))
    expect(due).toEqual({ main: 979, extended: null })
    expect(statusOf({ ...one, isMainMatured: true }, cents(979))).toBe('PARTIALLY_MATURED')
    expect(stillLocked({ ...one, isMainMatured: true })).toBe(245)
  })

  test('10: a rejected hold is never clawed back twice; a chargeback after a refund takes the rest', () => {
    const rejected = { ...one, clawedBack: target(0, { isHoldRejected: true }) }
    expect(rejected.clawedBack).toBe(1224)
    expect(clawbackTo(target(1000, { isHoldRejected: true }), rejected).change).toBe(0)
    const refunded = { ...one, clawedBack: target(1000) }
    expect(refunded.clawedBack).toBe(249)
    expect(clawbackTo(target(1000 + 4900), refunded).change).toBe(975)
  })

  test('13: on day 50, with main matured, a refund of 10.00 €', () => {
    const matured = { ...one, isMainMatured: true }
    const back = clawbackTo(target(1000), matured)
    expect(back).toMatchObject({ change: 249, locked: 245, matured: 4, clawedBack: 249 })
    expect(statusOf({ ...matured, clawedBack: back.clawedBack }, cents(975))).toBe('MATURED')
    expect(1224 - back.clawedBack).toBe(975)
  })
})

describe('maturing', () => {
  test('goes by date, part by part, however late', () => {
    expect(dueParts(one, new Date(day(45).getTime() - 1))).toEqual({ main: null, extended: null })
    expect(dueParts(one, day(45))).toEqual({ main: 979, extended: null })
    expect(dueParts(one, day(400))).toEqual({ main: 979, extended: 245 })
    expect(dueParts({ ...one, isMainMatured: true }, day(90))).toEqual({ main: null, extended: 245 })
  })

  test.each([{ isHeld: true }, { isDisputed: true }, { isAffiliateBlocked: true }])('waits while %j', (change) => {
    expect(dueParts({ ...one, ...change }, day(400))).toEqual({ main: null, extended: null })
  })

  test('EXTREME: main alone at its date, extended with date and release', () => {
    const extreme = { ...one, needsRelease: true }
    expect(dueParts(extreme, day(400))).toEqual({ main: 979, extended: null })
    expect(dueParts({ ...extreme, releasedAt: day(100) }, day(400))).toEqual({ main: 979, extended: 245 })
    expect(dueParts({ ...extreme, releasedAt: day(10) }, day(89))).toEqual({ main: 979, extended: null })
  })
})

describe('the status', () => {
  test.each([
    ['PENDING_LOCK', { isHeld: true }, 0],
    ['LOCKED', {}, 0],
    ['PARTIALLY_MATURED', { isMainMatured: true }, 979],
    ['PARTIALLY_MATURED', { isMainMatured: true }, 0],
    ['MATURED', { isMainMatured: true, isExtendedMatured: true }, 1],
    ['PAID', { isMainMatured: true, isExtendedMatured: true }, 0],
    ['MATURED', { isMainMatured: true, clawedBack: cents(245) }, 979],
    ['LOCKED', { clawedBack: cents(245) }, 0],
    ['CLAWED_BACK', { isMainMatured: true, clawedBack: cents(1224) }, 0],
    ['CLAWED_BACK', { isHeld: true, clawedBack: cents(1224) }, 0],
  ] as const)('%s when %j and %i open', (status, change, open) => {
    expect(statusOf({ ...one, ...change }, cents(open))).toBe(status)
  })
})

describe('for any commission', () => {
  const state = fc
    .record({
      total: fc.integer({ min: 1, max: 10_000_000 }),
      mainPercent: fc.integer({ min: 80, max: 94 }),
      clawed: fc.double({ min: 0, max: 1, noNaN: true }),
      isMainMatured: fc.boolean(),
      isExtendedMatured: fc.boolean(),
    })
    .map(({ total, mainPercent, clawed, ...flags }) => {
      const main = Math.floor((total * mainPercent) / 100)
      return Object.assign({}, one, flags, {
        lockedAmount: cents(main),
        extendedLockAmount: cents(total - main),
        clawedBack: cents(Math.floor(total * clawed)),
      })
    })

  test('what remains plus what was clawed back is the total', () => {
    fc.assert(
      fc.property(state, (any) => {
        const { main, extended } = remainingParts(any)
        expect(main + extended + any.clawedBack).toBe(any.lockedAmount + any.extendedLockAmount)
        expect(Math.min(main, extended, stillLocked(any))).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  test('a clawback takes from LOCKED exactly what leaves it, and never more than it holds', () => {
    fc.assert(
      fc.property(state, fc.double({ min: 0, max: 1, noNaN: true }), (any, share) => {
        const total = any.lockedAmount + any.extendedLockAmount
        const goal = cents(Math.floor(total * share))
        const back = clawbackTo(goal, any)
        expect(back.clawedBack).toBe(any.clawedBack + back.change)
        expect(back.locked + back.matured).toBe(back.change)
        expect(back.restored.main + back.restored.extended).toBe(Math.max(0, 0 - back.change))
        if (back.change >= 0) {
          const after = { ...any, clawedBack: back.clawedBack }
          expect(stillLocked(any) - back.locked).toBe(stillLocked(after))
          expect(back.matured).toBeGreaterThanOrEqual(0)
        }
      }),
    )
  })

  test('the target grows with the refund and ends at the total', () => {
    fc.assert(
      fc.property(
        fc.nat(5_000_000),
        fc.integer({ min: 1, max: 10_000_000 }),
        fc.nat(20_000_000),
        fc.nat(5_000_000),
        (total, invoice, refunded, more) => {
          const facts = { totalCents: cents(total), invoiceTotalCents: cents(invoice), wonBackCents: cents(0), isHoldRejected: false }
          const some = clawbackTarget({ ...facts, refundedCents: cents(refunded) })
          expect(some).toBeLessThanOrEqual(clawbackTarget({ ...facts, refundedCents: cents(refunded + more) }))
          expect(clawbackTarget({ ...facts, refundedCents: cents(invoice) })).toBe(total)
          expect(clawbackTarget({ ...facts, refundedCents: cents(refunded), wonBackCents: cents(refunded) })).toBe(0)
        },
      ),
    )
  })
})
