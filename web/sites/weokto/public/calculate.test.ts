import { describe, expect, test } from 'vitest'
import { DEFAULT_POLICY } from '#domain/base/policy.ts'
import { calculate, FIRST_SALE, priceOf, rateOf } from './calculate.ts'

const NOW = new Date('2026-11-22T10:00:00Z')
const DAY = 86_400_000

describe('the calculator', () => {
  test('gives the first sale of a new account in two parts', () => {
    const sale = calculate(FIRST_SALE, DEFAULT_POLICY, NOW)
    expect(sale).toMatchObject({ baseAmount: 4083, totalCents: 1224, lockedAmount: 979, extendedLockAmount: 245 })
    expect(sale?.lockedUntil).toEqual(new Date(NOW.getTime() + 45 * DAY))
    expect(sale?.extendedLockedUntil).toEqual(new Date(NOW.getTime() + 90 * DAY))
  })

  test('splits by the profile', () => {
    expect(calculate({ ...FIRST_SALE, profile: 'TRUSTED' }, DEFAULT_POLICY, NOW)).toMatchObject({
      lockedAmount: 1150,
      extendedLockAmount: 74,
    })
  })

  test('reckons with the rules that it is given, the tax of the example included', () => {
    const lock = { ...DEFAULT_POLICY.lock, NEW: { mainPercent: 90, mainLockDays: 10, extendedLockDays: 20 } }
    const sale = calculate(FIRST_SALE, { ...DEFAULT_POLICY, lock, vat: { defaultCountry: 'FR', ratesBps: { FR: 0 } } }, NOW)
    expect(sale).toMatchObject({ baseAmount: 4900, totalCents: 1470, lockedAmount: 1323, extendedLockAmount: 147 })
    expect(sale?.lockedUntil).toEqual(new Date(NOW.getTime() + 10 * DAY))
  })

  test('earns nothing on what is too small', () => {
    expect(calculate({ ...FIRST_SALE, priceCents: 1, rate: 1 }, DEFAULT_POLICY, NOW)).toBeNull()
  })
})

describe('what is typed', () => {
  test.each([
    ['49', 4900],
    ['49,00 €', 4900],
    ['1 049.5', 104_950],
    ['0', null],
    ['-3', null],
    ['1,234', null],
    ['', null],
  ])('%j is the price %j', (text, price) => {
    expect(priceOf(text)).toBe(price)
  })

  test.each([
    ['30', 3000],
    ['12,5 %', 1250],
    ['100', 10_000],
    ['101', null],
  ])('%j is the rate %j', (text, rate) => {
    expect(rateOf(text)).toBe(rate)
  })
})
