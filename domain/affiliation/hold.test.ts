import { describe, expect, test } from 'vitest'
import { DEFAULT_POLICY } from '#domain/base/policy.ts'
import { addDays, addMinutes } from '#domain/base/time.ts'
import { HOLD_REASONS, burstWindowStart, holdReasons, holdText, type HoldFacts } from './hold.ts'

const now = new Date('2026-03-10T12:00:00Z')
const ordinary: HoldFacts = {
  buyerEmail: 'cliente@exemple.fr',
  affiliateEmail: 'affilie@exemple.fr',
  isDisposable: false,
  isCardOfAnotherCustomer: false,
  isAffiliatesDevice: false,
  affiliateSince: addDays(now, -3),
  recentSales: 19,
  profile: 'NEW',
  boostRedeemedAt: addMinutes(now, -61),
  hasGuild: true,
  isTrusted: false,
}
const reasons = (change: Partial<HoldFacts>) => holdReasons({ ...ordinary, ...change }, DEFAULT_POLICY, now)

describe('holds', () => {
  test('an ordinary sale has none', () => {
    expect(reasons({})).toEqual([])
  })

  test.each([
    ['own_email', { buyerEmail: 'Aff.ilie+moi@exemple.fr' }],
    ['same_card', { isCardOfAnotherCustomer: true }],
    ['own_device', { isAffiliatesDevice: true }],
    ['disposable_email', { isDisposable: true }],
    ['sales_burst', { recentSales: 20 }],
    ['fresh_boost', { boostRedeemedAt: addMinutes(now, -60) }],
    ['no_guild', { hasGuild: false }],
  ] as const)('%s', (reason, change) => {
    expect(reasons(change)).toEqual([reason])
    expect(reasons({ ...change, isTrusted: true })).toEqual([])
  })

  test('each rule ends where it says', () => {
    expect(reasons({ recentSales: 500, affiliateSince: addDays(now, -7) })).toEqual([])
    expect(reasons({ profile: 'RECENT', boostRedeemedAt: now })).toEqual([])
    expect(burstWindowStart(DEFAULT_POLICY, now)).toEqual(new Date('2026-03-08T12:00:00Z'))
  })

  test('several are given in their order, each in words for both readers', () => {
    expect(reasons({ hasGuild: false, isAffiliatesDevice: true })).toEqual(['own_device', 'no_guild'])
    for (const reason of HOLD_REASONS) {
      for (const reader of ['owner', 'affiliate'] as const) {
        expect(holdText(reason, reader, 'fr')).toMatch(/\.$/)
        expect(holdText(reason, reader, 'en')).toMatch(/\.$/)
      }
    }
  })
})
