import { describe, expect, test } from 'vitest'
import { addDays } from '#domain/base/time.ts'
import { BOOST_ALPHABET, boostCodeOf, boostFor, decideRedeem, readBoostCode, type BoostCode, type BoostRedemption } from './boost.ts'

const now = new Date('2026-03-10T12:00:00Z')

const code: BoostCode = {
  id: 'code-1',
  boostType: 'percentage_increase',
  boostValue: 50_000,
  scope: 'GLOBAL',
  targetProductIds: [],
  validFrom: addDays(now, -1),
  validUntil: addDays(now, 5),
  maxUses: 2,
  currentUses: 1,
  isActive: true,
}

const redemption: BoostRedemption = { id: 'red-1', status: 'ACTIVE', redeemedAt: addDays(now, -1), expiresAt: addDays(now, 5), code }

describe('the boost of a sale', () => {
  test('applies while it lasts', () => {
    expect(boostFor(redemption, 'p1', now)).toEqual({
      redemptionId: 'red-1',
      codeId: 'code-1',
      boostType: 'percentage_increase',
      boostValue: 50_000,
    })
    expect(boostFor(redemption, 'p1', addDays(now, 5))).toBeNull()
    expect(boostFor(redemption, 'p1', addDays(now, -2))).toBeNull()
    expect(boostFor({ ...redemption, status: 'DEACTIVATED' }, 'p1', now)).toBeNull()
    expect(boostFor({ ...redemption, expiresAt: null }, 'p1', addDays(now, 500))).not.toBeNull()
    expect(boostFor(null, 'p1', now)).toBeNull()
  })

  test('a specific one covers its products only', () => {
    const specific = { ...redemption, code: { ...code, scope: 'SPECIFIC' as const, targetProductIds: ['p2'] } }
    expect(boostFor(specific, 'p1', now)).toBeNull()
    expect(boostFor(specific, 'p2', now)).not.toBeNull()
  })
})

describe('redeeming', () => {
  test('ends with the code', () => {
    expect(decideRedeem(code, null, false, now)).toEqual({ codeId: 'code-1', expiresAt: code.validUntil, deactivateRedemptionId: null })
  })

  test('over another asks first, then replaces it', () => {
    const other = { ...redemption, code: { ...code, id: 'code-0' } }
    expect(() => decideRedeem(code, other, false, now)).toThrow(expect.objectContaining({ code: 'boost_replaces_active' }))
    expect(decideRedeem(code, other, true, now).deactivateRedemptionId).toBe('red-1')
    const over = { ...other, expiresAt: addDays(now, -1) }
    expect(decideRedeem(code, over, false, now).deactivateRedemptionId).toBeNull()
  })

  test.each([
    ['boost_unknown', null],
    ['boost_inactive', { ...code, isActive: false }],
    ['boost_inactive', { ...code, validFrom: addDays(now, 1) }],
    ['boost_inactive', { ...code, validUntil: now }],
    ['boost_used_up', { ...code, currentUses: 2 }],
  ])('%s', (expected, given) => {
    expect(() => decideRedeem(given, null, true, now)).toThrow(expect.objectContaining({ code: expected }))
  })

  test('the same twice is said so', () => {
    expect(() => decideRedeem(code, redemption, true, now)).toThrow(expect.objectContaining({ code: 'boost_already_yours' }))
  })
})

describe('codes', () => {
  test('are read however they are typed', () => {
    for (const typed of ['BOOST-XY7K9M', 'boost-xy7k9m', ' xy7k9m ', 'Boost xy7 k9m']) expect(readBoostCode(typed)).toBe('BOOST-XY7K9M')
  })

  test('are made of unambiguous letters', () => {
    expect(BOOST_ALPHABET).toHaveLength(32)
    expect(boostCodeOf(Uint8Array.from([0, 31, 32, 63, 128, 255]))).toBe('BOOST-2Z2Z2Z')
    expect(() => boostCodeOf(new Uint8Array(5))).toThrow(RangeError)
  })
})
