import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cents, floorDiv, isCents, roundHalfUp, sumCents, taxOf, times } from './money.ts'

describe('cents', () => {
  test.each([1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, -0])('refuses %s', (value) => {
    expect(() => cents(value)).toThrow(RangeError)
    expect(isCents(value)).toBe(false)
  })

  test('sums exactly', () => {
    expect(sumCents([1633, 1633, 1634])).toBe(4900)
    expect(sumCents([])).toBe(0)
  })
})

describe('rounding', () => {
  test.each([
    [1, 2, 1],
    [-1, 2, 0],
    [-3, 2, -1],
    [5, 4, 1],
    [7, 4, 2],
    [0, 7, 0],
  ])('half up of %i / %i is %i', (num, den, expected) => {
    expect(roundHalfUp(num, den)).toBe(expected)
  })

  test('stays exact above 2^53', () => {
    expect(floorDiv(times(9_007_199_254_740_991, 10_000), 10_000)).toBe(9_007_199_254_740_991)
    expect(() => floorDiv(times(9_007_199_254_740_991, 3), 1)).toThrow(RangeError)
    expect(() => floorDiv(1, 0)).toThrow(RangeError)
  })

  test('floor and half up bracket the true quotient', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: 1, max: 2 ** 31 }), (num, den) => {
        const floored = BigInt(floorDiv(num, den)) * BigInt(den)
        expect(floored <= BigInt(num) && BigInt(num) < floored + BigInt(den)).toBe(true)
        const twice = 2n * (BigInt(roundHalfUp(num, den)) * BigInt(den) - BigInt(num))
        expect(twice <= BigInt(den) && twice > -BigInt(den)).toBe(true)
      }),
    )
  })
})

describe('taxOf', () => {
  test('example 1: 49.00 € at 20 % is 4083 and 817', () => {
    expect(taxOf(cents(4900), 2000)).toEqual({ excl: 4083, tax: 817 })
  })

  test('its parts always sum to the price and neither is negative', () => {
    fc.assert(
      fc.property(fc.nat(2_147_483_647), fc.nat(10_000), (incl, bps) => {
        const { excl, tax } = taxOf(cents(incl), bps)
        expect(excl + tax).toBe(incl)
        expect(excl).toBeGreaterThanOrEqual(0)
        expect(tax).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  test('refuses what is no price or no rate', () => {
    expect(() => taxOf(cents(-1), 2000)).toThrow(RangeError)
    expect(() => taxOf(cents(1), -1)).toThrow(RangeError)
    expect(() => taxOf(cents(1), 20.5)).toThrow(RangeError)
  })
})
