import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cents } from '#domain/base/money.ts'
import { DEFAULT_POLICY } from '#domain/base/policy.ts'
import { addDays } from '#domain/base/time.ts'
import { AFFILIATE_RISK_LEVELS, type AffiliateRiskLevel } from './enums.ts'
import { decideRisk, refundRateOf, riskExample, type RiskCommission } from './risk.ts'

const now = new Date('2026-06-01T12:00:00Z')
const sale = (change: Partial<RiskCommission> = {}): RiskCommission => ({
  earnedAt: addDays(now, -20),
  totalCents: cents(1224),
  clawedBackCents: cents(0),
  goodwillCents: cents(0),
  isHoldRejected: false,
  ...change,
})
const refunded = sale({ clawedBackCents: cents(1224) })
const cohort = (sales: number, refunds: number) => [
  ...Array.from({ length: sales - refunds }, () => sale()),
  ...Array.from({ length: refunds }, () => refunded),
]
const decide = (
  commissions: readonly RiskCommission[],
  level: AffiliateRiskLevel = 'NORMAL',
  lastClawbackAt: Date | null = addDays(now, -5),
) => decideRisk({ level, commissions, lastClawbackAt }, DEFAULT_POLICY, now)

test('the example that a page tells counts enough sales, and its rate means the level that it names', () => {
  expect(riskExample(DEFAULT_POLICY)).toEqual({ sales: 11, refunded: 2, refundRate: 1818, level: 'AT_RISK' })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 500 }), (atRiskRate, minimumSales) => {
      const risk = { ...DEFAULT_POLICY.risk, atRiskRate, highRiskRate: 10_000, minimumSales }
      const { sales, refunded, refundRate, level } = riskExample({ risk })
      expect(refunded).toBeLessThanOrEqual(sales)
      expect([refundRate >= atRiskRate, level === 'NORMAL']).toEqual([true, false])
    }),
  )
})

describe('worked example 7', () => {
  test('11 sales, 2 fully refunded', () => {
    expect(decide(cohort(11, 2))).toEqual({ level: 'AT_RISK', refundRate: 1818, sales: 11, refundedSales: 2, proposesExtreme: false })
  })

  test('9 sales, 4 refunded: no rise', () => {
    expect(decide(cohort(9, 4))).toMatchObject({ level: 'NORMAL', refundRate: 4444, proposesExtreme: false })
  })

  test('20 sales, 8 refunded: HIGH_RISK, EXTREME proposed', () => {
    expect(decide(cohort(20, 8))).toMatchObject({ level: 'HIGH_RISK', refundRate: 4000, proposesExtreme: true })
  })
})

describe('the level', () => {
  test('begins exactly at its mark', () => {
    expect(decide(cohort(20, 3)).level).toBe('AT_RISK')
    expect(decide(cohort(20, 5)).level).toBe('HIGH_RISK')
    expect(decide(cohort(100, 14)).level).toBe('NORMAL')
  })

  test('falls with few sales and after a clean half-year, never out of EXTREME by itself', () => {
    expect(decide(cohort(5, 1), 'HIGH_RISK').level).toBe('AT_RISK')
    expect(decide(cohort(5, 4), 'AT_RISK').level).toBe('AT_RISK')
    expect(decide(cohort(20, 8), 'HIGH_RISK', addDays(now, -180)).level).toBe('NORMAL')
    expect(decide([], 'EXTREME_RISK', null)).toMatchObject({ level: 'EXTREME_RISK', proposesExtreme: false })
  })

  test('counts neither old sales, rejected holds nor goodwill', () => {
    const old = sale({ earnedAt: addDays(now, -180), clawedBackCents: cents(1224) })
    const rejected = sale({ clawedBackCents: cents(1224), isHoldRejected: true })
    const goodwill = sale({ clawedBackCents: cents(1224), goodwillCents: cents(1224) })
    expect(decide([...cohort(10, 0), old, rejected, goodwill])).toMatchObject({ sales: 11, refundedSales: 0, refundRate: 0 })
  })
})

test('thirds of a sale are summed without drift', () => {
  const third = sale({ totalCents: cents(3), clawedBackCents: cents(1) })
  expect(refundRateOf(Array.from({ length: 3000 }, () => third))).toBe(3333)
  expect(refundRateOf([sale({ clawedBackCents: cents(612) }), sale()])).toBe(2500)
  expect(refundRateOf([])).toBe(0)
})

test('the rate stays within 0 and 1, and a short cohort never raises the level', () => {
  const any = fc.record({ total: fc.integer({ min: 1, max: 1_000_000 }), back: fc.nat(2_000_000), goodwill: fc.nat(1_000_000) })
  fc.assert(
    fc.property(fc.array(any, { maxLength: 30 }), fc.constantFrom(...AFFILIATE_RISK_LEVELS), (rows, level) => {
      const decision = decide(
        rows.map(({ total, back, goodwill }) =>
          sale({ totalCents: cents(total), clawedBackCents: cents(back), goodwillCents: cents(goodwill) }),
        ),
        level,
      )
      expect(decision.refundRate).toBeGreaterThanOrEqual(0)
      expect(decision.refundRate).toBeLessThanOrEqual(10_000)
      if (rows.length < 10) expect(AFFILIATE_RISK_LEVELS.indexOf(decision.level)).toBeLessThanOrEqual(AFFILIATE_RISK_LEVELS.indexOf(level))
      if (level !== 'EXTREME_RISK') expect(decision.level).not.toBe('EXTREME_RISK')
    }),
  )
})
