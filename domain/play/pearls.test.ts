import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { cents } from '#domain/base/money.ts'
import { DEFAULT_POLICY } from '#domain/base/policy.ts'
import { canSpendPearls, pearlChange, pearlsOf, sharePearls } from './pearls.ts'

test('a sale of 49.00 € is worth 98 pearls, half a euro one', () => {
  expect(pearlsOf(cents(4900), DEFAULT_POLICY)).toBe(98)
  expect(pearlsOf(cents(99), DEFAULT_POLICY)).toBe(1)
  expect(pearlsOf(cents(49), DEFAULT_POLICY)).toBe(0)
})

test('after any refunds the pearls are those of what is kept', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.array(fc.nat(400_000), { maxLength: 6 }), (paid, refunds) => {
      let given = pearlChange(cents(paid), cents(0), 0, DEFAULT_POLICY)
      let refunded = 0
      for (const refund of refunds) {
        refunded += refund
        given += pearlChange(cents(paid), cents(refunded), given, DEFAULT_POLICY)
      }
      expect(given).toBe(pearlsOf(cents(Math.max(0, paid - refunded)), DEFAULT_POLICY))
    }),
  )
})

test('a balance below 0 buys nothing, not even for nothing', () => {
  expect(canSpendPearls(10, 10)).toBe(true)
  expect(canSpendPearls(9, 10)).toBe(false)
  expect(canSpendPearls(-1, 0)).toBe(false)
  expect(canSpendPearls(5, -1)).toBe(false)
})

test('a shared prize sums to the prize', () => {
  expect(sharePearls(10_000, 3)).toEqual([3334, 3333, 3333])
  expect(() => sharePearls(1, 0)).toThrow(RangeError)
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.integer({ min: 1, max: 200 }), (prize, members) => {
      const shares = sharePearls(prize, members)
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(prize)
      expect(Math.max(...shares)).toBe(shares[0])
    }),
  )
})
