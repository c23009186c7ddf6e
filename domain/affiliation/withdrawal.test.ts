import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cents } from '#domain/base/money.ts'
import { DEFAULT_POLICY } from '#domain/base/policy.ts'
import { addDays } from '#domain/base/time.ts'
import {
  decideWithdrawal,
  decideWithdrawalStep,
  previewWithdrawal,
  withdrawalRefusal,
  type WithdrawalFacts,
  type WithdrawalStep,
} from './withdrawal.ts'

const now = new Date('2026-05-01T12:00:00Z')
const ready: WithdrawalFacts = {
  available: cents(10_000),
  debt: cents(0),
  isBlocked: false,
  hasOpenRequest: false,
  hasIdentity: true,
  methodChangedAt: addDays(now, -7),
  minimumOverride: null,
}
const ask = (gross: number, change: Partial<WithdrawalFacts> = {}) =>
  decideWithdrawal({ ...ready, ...change }, cents(gross), DEFAULT_POLICY, now)

describe('worked example 6', () => {
  test('59.79 €: fee 179, net 5800; 30.00 €: fee 90, net 2910; 29.99 € refused', () => {
    expect(ask(5979)).toEqual({ gross: 5979, fee: 179, net: 5800, minimumCents: 3000 })
    expect(ask(3000)).toMatchObject({ fee: 90, net: 2910 })
    expect(() => ask(2999)).toThrow(expect.objectContaining({ code: 'withdrawal_below_minimum' }))
  })
})

test('gross is always net and fee', () => {
  fc.assert(
    fc.property(fc.nat(2_147_483_647), (gross) => {
      const { fee, net } = previewWithdrawal(cents(gross))
      expect(fee + net).toBe(gross)
      expect(fee).toBe(Math.floor((gross * 3) / 100))
    }),
  )
  expect(() => previewWithdrawal(cents(-1))).toThrow(RangeError)
})

describe('a request', () => {
  test.each([
    ['affiliate_blocked', { isBlocked: true }],
    ['debt_open', { debt: cents(-1) }],
    ['withdrawal_open', { hasOpenRequest: true }],
    ['payout_identity_missing', { hasIdentity: false }],
    ['payout_method_missing', { methodChangedAt: null }],
    ['payout_method_too_recent', { methodChangedAt: addDays(now, -6.99) }],
    ['withdrawal_below_minimum', { minimumOverride: cents(6000) }],
    ['withdrawal_above_available', { available: cents(4999) }],
  ] as const)('is refused as %s', (refusal, change) => {
    expect(withdrawalRefusal({ ...ready, ...change }, cents(5000), DEFAULT_POLICY, now)).toBe(refusal)
  })

  test('waits while payouts are paused, and may be smaller for who the owner allows', () => {
    const paused = { ...DEFAULT_POLICY, switches: { ...DEFAULT_POLICY.switches, payouts: false } }
    expect(withdrawalRefusal(ready, cents(5000), paused, now)).toBe('payouts_paused')
    expect(ask(1000, { minimumOverride: cents(1000) }).minimumCents).toBe(1000)
  })
})

describe('its steps', () => {
  const states = [
    { status: 'PENDING_REVIEW', isExported: false },
    { status: 'APPROVED', isExported: false },
    { status: 'APPROVED', isExported: true },
    { status: 'PAID', isExported: true },
    { status: 'REJECTED', isExported: false },
    { status: 'CANCELLED', isExported: false },
    { status: 'RETURNED', isExported: true },
  ] as const
  const steps: readonly WithdrawalStep[] = ['approve', 'export', 'pay', 'reject', 'cancel', 'return']

  const leads = (state: (typeof states)[number], step: WithdrawalStep) => {
    try {
      return decideWithdrawalStep(state, step, cents(0)).status
    } catch {
      return null
    }
  }

  test('each state allows what it should and nothing else', () => {
    expect(states.map((state) => steps.map((step) => leads(state, step)))).toEqual([
      ['APPROVED', null, null, 'REJECTED', 'CANCELLED', null],
      [null, 'APPROVED', null, 'REJECTED', null, null],
      [null, null, 'PAID', null, null, null],
      [null, null, null, null, null, 'RETURNED'],
      [null, null, null, null, null, null],
      [null, null, null, null, null, null],
      [null, null, null, null, null, null],
    ])
  })

  test('15: a debt stops approval and export, not rejection, payment or what was exported', () => {
    const debt = cents(-979)
    expect(() => decideWithdrawalStep(states[0], 'approve', debt)).toThrow(expect.objectContaining({ code: 'debt_open' }))
    expect(() => decideWithdrawalStep(states[1], 'export', debt)).toThrow(expect.objectContaining({ code: 'debt_open' }))
    expect(decideWithdrawalStep(states[0], 'reject', debt).status).toBe('REJECTED')
    expect(decideWithdrawalStep(states[2], 'pay', debt).status).toBe('PAID')
  })
})
