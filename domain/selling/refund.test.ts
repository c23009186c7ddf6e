import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cents, taxOf } from '#domain/base/money.ts'
import { DEFAULT_POLICY } from '#domain/base/policy.ts'
import { addDays } from '#domain/base/time.ts'
import { assertRefundable, creditNoteExcl, refundable, coolingOff, type RefundRow } from './refund.ts'

const row = (amount: number, status: RefundRow['status'], isChargeback = false): RefundRow => ({
  amount: cents(amount),
  status,
  isChargeback,
})

describe('credit notes', () => {
  test('14: 49.00 € refunded as 16.33 + 16.33 + 16.34', () => {
    const notes = [
      creditNoteExcl(cents(0), cents(1633), 2000),
      creditNoteExcl(cents(1633), cents(1633), 2000),
      creditNoteExcl(cents(3266), cents(1634), 2000),
    ]
    expect(notes).toEqual([1361, 1361, 1361])
    expect(notes.reduce((sum, note) => sum + note, 0)).toBe(4083)
  })

  test('however an invoice is refunded, the notes sum to its own parts', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100_000), { minLength: 1, maxLength: 8 }), fc.nat(2700), (amounts, bps) => {
        const total = amounts.reduce((sum, amount) => sum + amount, 0)
        let before = 0
        let credited = 0
        for (const amount of amounts) {
          const excl = creditNoteExcl(cents(before), cents(amount), bps)
          expect(excl).toBeGreaterThanOrEqual(0)
          expect(excl).toBeLessThanOrEqual(amount)
          credited += excl
          before += amount
        }
        expect(credited).toBe(taxOf(cents(total), bps).excl)
      }),
    )
  })
})

describe('what can be asked back', () => {
  test('is what no other refund has taken', () => {
    expect(refundable(cents(4900), [])).toBe(4900)
    expect(refundable(cents(4900), [row(1000, 'PROCESSED'), row(900, 'APPROVED'), row(500, 'REJECTED')])).toBe(3000)
    expect(refundable(cents(4900), [row(1000, 'PROCESSED'), row(4900, 'PROCESSED', true)])).toBe(0)
  })

  test('is refused in words', () => {
    expect(() => assertRefundable(cents(0), cents(4900), [])).toThrow(expect.objectContaining({ code: 'invalid_input' }))
    expect(() => assertRefundable(cents(1), cents(4900), [row(1, 'PENDING')])).toThrow(expect.objectContaining({ code: 'refund_open' }))
    expect(() => assertRefundable(cents(4000), cents(4900), [row(1000, 'PROCESSED')])).toThrow(
      expect.objectContaining({ code: 'refund_exceeds_invoice' }),
    )
    expect(() => assertRefundable(cents(3900), cents(4900), [row(1000, 'PROCESSED')])).not.toThrow()
  })
})

test('the right of withdrawal lasts 14 days from the payment of a first purchase', () => {
  const paidAt = new Date('2026-03-20T10:00:00Z')
  const first = { paidAt, isFirstPurchase: true, isWaived: false }
  const until = addDays(paidAt, 14)
  expect(coolingOff(first, DEFAULT_POLICY, until)).toEqual({ isOpen: true, until })
  expect(coolingOff(first, DEFAULT_POLICY, new Date(until.getTime() + 1)).isOpen).toBe(false)
  expect(coolingOff({ ...first, isWaived: true }, DEFAULT_POLICY, paidAt).isOpen).toBe(false)
  expect(coolingOff({ ...first, isFirstPurchase: false }, DEFAULT_POLICY, paidAt).isOpen).toBe(false)
})
