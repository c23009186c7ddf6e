import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cents, taxOf } from '#domain/base/money.ts'
import { DEFAULT_POLICY } from '#domain/base/policy.ts'
import { addDays } from '#domain/base/time.ts'
import { RATE_TYPES } from '#domain/catalogue/enums.ts'
import { pearlsOf } from '#domain/play/pearls.ts'
import type { AppliedBoost } from './boost.ts'
import { commissionTotal, decideCommission, isClientsBeginning, splitTotal, type CommissionInput } from './commission.ts'
import { BOOST_TYPES, LOCK_PROFILES } from './enums.ts'

const paidAt = new Date('2026-01-10T09:30:00Z')
const thirty = { rateType: 'percentage', rate: 3000, includeRenewals: true } as const
const boost = (boostType: AppliedBoost['boostType'], boostValue: number): AppliedBoost => ({
  redemptionId: 'r',
  codeId: 'c',
  boostType,
  boostValue,
})

const sale = (change: Partial<CommissionInput> = {}): CommissionInput => ({
  invoice: { kind: 'FIRST', amountExcludingTax: taxOf(cents(4900), 2000).excl },
  earlierKinds: [],
  terms: thirty,
  program: { isActive: true },
  platform: 'STAM',
  affiliate: { firstCommissionAt: null, riskLevel: 'NORMAL', isBlocked: false },
  boost: null,
  holdReasons: [],
  ...change,
})
const decide = (change: Partial<CommissionInput> = {}) => decideCommission(sale(change), DEFAULT_POLICY, paidAt)

describe('worked examples', () => {
  test('1: 49.00 € monthly at 30 %, first commission ever', () => {
    expect(decide()).toMatchObject({
      status: 'LOCKED',
      baseAmount: 4083,
      totalCents: 1224,
      rateApplied: 3000,
      profile: 'NEW',
      lockedAmount: 979,
      extendedLockAmount: 245,
      lockPeriodDays: 45,
      lockedUntil: addDays(paidAt, 45),
      extendedLockedUntil: addDays(paidAt, 90),
      maturesAt: addDays(paidAt, 90),
      decideBy: null,
    })
    expect(pearlsOf(cents(4900), DEFAULT_POLICY)).toBe(98)
  })

  test('2: boosts of 5 points and of 5 euros', () => {
    expect(decide({ boost: boost('percentage_increase', 50_000) })).toMatchObject({ totalCents: 1429, rateApplied: 3500 })
    expect(decide({ boost: boost('flat_bonus', 50_000) })).toMatchObject({ totalCents: 1724, rateApplied: 3000 })
  })

  test('3: TRUSTED, total 1224', () => {
    const trusted = decide({ affiliate: { firstCommissionAt: addDays(paidAt, -91), riskLevel: 'NORMAL', isBlocked: false } })
    expect(trusted).toMatchObject({ profile: 'TRUSTED', totalCents: 1224, lockedAmount: 1150, extendedLockAmount: 74 })
  })

  test('8: fixed 10.0000 on a 5.00 € product', () => {
    const base = taxOf(cents(500), 2000).excl
    expect(base).toBe(417)
    expect(commissionTotal({ rateType: 'fixed', rate: 100_000 }, base, null)).toBe(417)
  })
})

describe('no commission', () => {
  test.each([
    ['nobody brought the client', { terms: null }],
    ['no program', { program: null }],
    ['the program is off', { program: { isActive: false } }],
    ['the affiliate is blocked', { affiliate: { firstCommissionAt: null, riskLevel: 'NORMAL', isBlocked: true } }],
    ['the product is a guild’s', { platform: 'WEOKTO' }],
    [
      'a renewal is left out',
      {
        terms: { ...thirty, includeRenewals: false },
        invoice: { kind: 'RENEWAL', amountExcludingTax: cents(4083) },
        earlierKinds: ['FIRST'],
      },
    ],
    ['it would be 0', { invoice: { kind: 'FIRST', amountExcludingTax: cents(3) } }],
  ] satisfies readonly (readonly [string, Partial<CommissionInput>])[])('when %s', (_why, change) => {
    expect(decide(change)).toBeNull()
  })

  test('guild products earn once the owner switches it on', () => {
    const policy = { ...DEFAULT_POLICY, switches: { ...DEFAULT_POLICY.switches, guildPrograms: true } }
    expect(decideCommission(sale({ platform: 'WEOKTO' }), policy, paidAt)).not.toBeNull()
  })

  test('a trial and the first full price always count as the client’s beginning', () => {
    expect(isClientsBeginning('TRIAL', ['FIRST', 'RENEWAL'])).toBe(true)
    expect(isClientsBeginning('RENEWAL', ['TRIAL'])).toBe(true)
    expect(isClientsBeginning('RENEWAL', ['TRIAL', 'RENEWAL'])).toBe(false)
    expect(isClientsBeginning('FIRST', ['FIRST'])).toBe(false)
    expect(isClientsBeginning('UPGRADE', [])).toBe(false)
  })
})

test('a held commission is earned with its dates set and a date to decide by', () => {
  expect(decide({ holdReasons: ['no_guild'] })).toMatchObject({
    status: 'PENDING_LOCK',
    heldReasons: ['no_guild'],
    decideBy: addDays(paidAt, 14),
    lockedUntil: addDays(paidAt, 45),
  })
})

test('EXTREME_RISK is frozen as needing the owner’s release', () => {
  const extreme = decide({ affiliate: { firstCommissionAt: null, riskLevel: 'EXTREME_RISK', isBlocked: false } })
  expect(extreme?.metadata).toMatchObject({ needsRelease: true, riskLevel: 'EXTREME_RISK', profile: 'EXTREME_RISK', policyVersion: 1 })
})

describe('for any sale', () => {
  const terms = fc.record({ rateType: fc.constantFrom(...RATE_TYPES), rate: fc.nat(2_000_000) })
  const anyBoost = fc.option(fc.tuple(fc.constantFrom(...BOOST_TYPES), fc.nat(1_000_000)).map(([type, value]) => boost(type, value)))

  test('the total is an amount between 0 and the base, and a boost never lowers it', () => {
    fc.assert(
      fc.property(terms, fc.nat(2_000_000_000), anyBoost, (rate, base, extra) => {
        const total = commissionTotal(rate, cents(base), extra)
        expect(total).toBeGreaterThanOrEqual(0)
        expect(total).toBeLessThanOrEqual(base)
        expect(total).toBeGreaterThanOrEqual(commissionTotal(rate, cents(base), null))
      }),
    )
  })

  test('the parts sum to the total and the main one never exceeds its share', () => {
    fc.assert(
      fc.property(fc.nat(2_000_000_000), fc.constantFrom(...LOCK_PROFILES), (total, profile) => {
        const { lockedAmount, extendedLockAmount, split } = splitTotal(cents(total), profile, DEFAULT_POLICY)
        expect(lockedAmount + extendedLockAmount).toBe(total)
        expect(lockedAmount * 100).toBeLessThanOrEqual(total * split.mainPercent)
        expect(extendedLockAmount).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})
