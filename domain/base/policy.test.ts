import { describe, expect, test } from 'vitest'
import { LOCK_PROFILES } from '#domain/affiliation/enums.ts'
import { AppError } from '#domain/error.ts'
import { DEFAULT_POLICY, extendedPercent, parsePolicy } from './policy.ts'
import { vatBps } from './vat.ts'

const changed = (change: (policy: typeof DEFAULT_POLICY) => void) => {
  const policy = structuredClone(DEFAULT_POLICY)
  change(policy)
  return policy
}

describe('the policy', () => {
  test('the default one is valid and survives storage', () => {
    expect(parsePolicy(JSON.parse(JSON.stringify(DEFAULT_POLICY)))).toEqual(DEFAULT_POLICY)
  })

  test('has the lock table as agreed', () => {
    const rows = LOCK_PROFILES.map((profile) => {
      const row = DEFAULT_POLICY.lock[profile]
      return [profile, row.mainPercent, row.mainLockDays, extendedPercent(row), row.extendedLockDays]
    })
    expect(rows).toEqual([
      ['NEW', 80, 45, 20, 90],
      ['RECENT', 85, 40, 15, 60],
      ['VALIDATED', 90, 35, 10, 40],
      ['TRUSTED', 94, 30, 6, 40],
      ['AT_RISK', 80, 60, 20, 90],
      ['HIGH_RISK', 80, 90, 20, 120],
      ['EXTREME_RISK', 80, 90, 20, 180],
    ])
  })

  test.each([79, 95, 80.5])('a main part of %s %% is refused by name', (percent) => {
    const policy = changed((draft) => {
      draft.lock.NEW.mainPercent = percent
    })
    expect(() => parsePolicy(policy)).toThrow(AppError)
    try {
      parsePolicy(policy)
    } catch (error) {
      expect(error instanceof AppError && Object.keys(error.fields ?? {})).toEqual(['lock.NEW.mainPercent'])
    }
  })

  test('a shorter right of withdrawal than the law’s and thresholds out of order are refused', () => {
    expect(() => parsePolicy(changed((draft) => (draft.refund.coolingOffDays = 13)))).toThrow(AppError)
    expect(() => parsePolicy(changed((draft) => (draft.risk.atRiskRate = 2600)))).toThrow(AppError)
    expect(() => parsePolicy(changed((draft) => (draft.age.recentFromDays = 70)))).toThrow(AppError)
  })

  test('a country that is not listed is taxed like France', () => {
    expect(vatBps(DEFAULT_POLICY, 'FR')).toBe(2000)
    expect(vatBps(DEFAULT_POLICY, 'fi')).toBe(2550)
    expect(vatBps(DEFAULT_POLICY, 'CH')).toBe(2000)
    expect(vatBps(DEFAULT_POLICY, 'constructor')).toBe(2000)
  })
})
