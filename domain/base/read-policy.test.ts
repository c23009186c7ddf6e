import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEFAULT_POLICY, parsePolicy } from './policy.ts'
import { vatBps } from './vat.ts'
import { readPolicy } from './read-policy.ts'

const stored = (change: (draft: Record<string, Record<string, unknown>>) => void): unknown => {
  const draft = JSON.parse(JSON.stringify(DEFAULT_POLICY)) as Record<string, Record<string, unknown>>
  change(draft)
  return draft
}

describe('a stored version', () => {
  test('is read as it was written', () => {
    const own = stored((draft) => (draft['pearls'] = { perEuro: 3 }))
    expect(readPolicy(own)).toEqual({ policy: { ...DEFAULT_POLICY, pearls: { perEuro: 3 } }, ignored: [] })
  })

  test('of an older release lacks keys: the defaults stand in, and nothing is told', () => {
    const older = stored((draft) => {
      delete draft['declines']
      delete draft['clicks']?.['uniquePerNetworkDay']
      draft['hold'] = { ...draft['hold'], burstSales: 7 }
    })
    const { policy, ignored } = readPolicy(older)
    expect(ignored).toEqual([])
    expect(policy).toEqual({ ...DEFAULT_POLICY, hold: { ...DEFAULT_POLICY.hold, burstSales: 7 } })
  })

  test('of a newer release has keys too many: they are left out and named', () => {
    const newer = stored((draft) => {
      draft['tomorrow'] = { key: 1 }
      draft['hold'] = { ...draft['hold'], mood: 'good' }
    })
    const { policy, ignored } = readPolicy(newer)
    expect(policy).toEqual(DEFAULT_POLICY)
    expect(ignored.toSorted()).toEqual(['hold.mood', 'tomorrow'])
  })

  test('with a value out of its limits keeps all the others', () => {
    const damaged = stored((draft) => {
      draft['refund'] = { coolingOffDays: 3, decideWithinDays: 9 }
      draft['dunning'] = { retryDays: [1, -3] }
    })
    const { policy, ignored } = readPolicy(damaged)
    expect(policy.refund).toEqual({ coolingOffDays: 14, decideWithinDays: 9 })
    expect(policy.dunning).toEqual(DEFAULT_POLICY.dunning)
    expect(ignored.toSorted()).toEqual(['dunning.retryDays.1', 'refund.coolingOffDays'])
  })

  test('under an earlier name of a key is read by it, and the present name wins where both stand', () => {
    const days = (refund: Record<string, number>) => readPolicy(stored((draft) => (draft['refund'] = refund)))
    expect(days({ withdrawalDays: 30, decideWithinDays: 9 })).toMatchObject({ policy: { refund: { coolingOffDays: 30 } }, ignored: [] })
    const both = { withdrawalDays: 30, coolingOffDays: 20, decideWithinDays: 9 }
    expect(days(both)).toMatchObject({ policy: { refund: { coolingOffDays: 20 } }, ignored: [] })
  })

  test('with thresholds out of order has the default ones of that group', () => {
    const { policy, ignored } = readPolicy(stored((draft) => (draft['age'] = { recentFromDays: 70 })))
    expect(policy.age).toEqual(DEFAULT_POLICY.age)
    expect(ignored).toEqual(['age'])
  })

  test('keeps its tax rates, and a country that a later release adds has its own', () => {
    const { policy } = readPolicy(stored((draft) => (draft['vat'] = { defaultCountry: 'FR', ratesBps: { FR: 2100, XX: 'much' } })))
    expect([vatBps(policy, 'FR'), vatBps(policy, 'FI'), vatBps(policy, 'XX')]).toEqual([2100, 2550, 2100])
  })

  test('is read whatever stands in it, and what is read is a policy', () => {
    const paths = Object.entries(DEFAULT_POLICY).flatMap(([group, keys]) =>
      typeof keys === 'object' ? Object.keys(keys).map((key) => [group, key] as const) : [],
    )
    const damage = fc.tuple(fc.constantFrom(...paths), fc.jsonValue())
    fc.assert(
      fc.property(fc.array(damage, { maxLength: 8 }), fc.jsonValue(), (damages, anything) => {
        const draft = stored((made) => {
          for (const [[group, key], value] of damages) made[group] = { ...made[group], [key]: value }
        })
        for (const value of [draft, anything]) {
          const { policy } = readPolicy(value)
          expect(parsePolicy(policy)).toEqual(policy)
        }
        // However much of it is damaged, the rest is kept.
        expect(readPolicy(draft).ignored).not.toContain('all of it')
      }),
    )
  })
})
