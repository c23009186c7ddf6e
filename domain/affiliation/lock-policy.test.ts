import { describe, expect, test } from 'vitest'
import { DEFAULT_POLICY } from '#domain/base/policy.ts'
import { DAY_MS, addDays } from '#domain/base/time.ts'
import { accountAgeDays, lockDates, needsRelease, profileOf } from './lock-policy.ts'

const now = new Date('2026-04-01T10:00:00.123Z')
const since = (days: number) => ({ firstCommissionAt: addDays(now, -days), riskLevel: 'NORMAL' as const })

describe('the profile', () => {
  test.each([
    [0, 'NEW'],
    [30, 'NEW'],
    [31, 'RECENT'],
    [60, 'RECENT'],
    [61, 'VALIDATED'],
    [90, 'VALIDATED'],
    [91, 'TRUSTED'],
    [4000, 'TRUSTED'],
  ])('after %i days is %s', (days, profile) => {
    expect(profileOf(since(days), DEFAULT_POLICY, now)).toBe(profile)
  })

  test('a day counts once its last millisecond has passed', () => {
    const almost = new Date(now.getTime() - 31 * DAY_MS + 1)
    expect(accountAgeDays(almost, now)).toBe(30)
    expect(accountAgeDays(null, now)).toBe(0)
    expect(accountAgeDays(addDays(now, 3), now)).toBe(0)
  })

  test('a level outranks the age, the owner’s override outranks both', () => {
    expect(profileOf({ ...since(400), riskLevel: 'HIGH_RISK' }, DEFAULT_POLICY, now)).toBe('HIGH_RISK')
    expect(profileOf({ ...since(400), riskLevel: 'HIGH_RISK', lockProfileOverride: 'TRUSTED' }, DEFAULT_POLICY, now)).toBe('TRUSTED')
  })
})

test('dates are counted in days of 86,400 s, across a change of clocks', () => {
  const earnedAt = new Date('2026-03-01T12:00:00Z')
  expect(lockDates('NEW', DEFAULT_POLICY, earnedAt)).toEqual({
    lockPeriodDays: 45,
    lockedUntil: new Date('2026-04-15T12:00:00Z'),
    extendedLockedUntil: new Date('2026-05-30T12:00:00Z'),
    maturesAt: new Date('2026-05-30T12:00:00Z'),
  })
  expect(needsRelease('EXTREME_RISK')).toBe(true)
  expect(needsRelease('HIGH_RISK')).toBe(false)
})
