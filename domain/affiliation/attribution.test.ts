import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEFAULT_POLICY } from '#domain/base/policy.ts'
import { addDays, addMinutes } from '#domain/base/time.ts'
import { decideAttribution, isLive, type AttributionFacts, type BoundAttribution, type ClickClaim } from './attribution.ts'
import { LOCK_PROFILES } from './enums.ts'

const now = new Date('2026-02-01T12:00:00Z')
const terms = { rateType: 'percentage', rate: 3000, includeRenewals: true } as const
const someone = { isBlocked: false, profile: 'NEW', termsOverride: null } as const

const claim: ClickClaim = {
  clickId: 'click-1',
  affiliateId: 'lea',
  linkId: 'link-1',
  productId: 'pro',
  communityId: 'club',
  clickedAt: addDays(now, -3),
  expiresAt: null,
}

const bound: BoundAttribution = {
  id: 'att-0',
  productId: 'pro',
  affiliateId: 'tom',
  clickId: 'click-0',
  linkId: 'link-0',
  isFreeProductAttribution: false,
  attributionExpiresAt: null,
  replacedAt: null,
  boundAt: addDays(now, -60),
  terms: { rateType: 'percentage', rate: 2500, includeRenewals: true },
  subscriptionExpiredAt: addDays(now, -10),
}

const freeBound: BoundAttribution = {
  ...bound,
  productId: 'free',
  isFreeProductAttribution: true,
  attributionExpiresAt: addDays(now, 20),
  terms: null,
  subscriptionExpiredAt: null,
}

const decide = (change: Partial<AttributionFacts>) =>
  decideAttribution(
    {
      product: { id: 'pro', communityId: 'club', isFree: false },
      program: { ...terms, isActive: true, cookieDurationDays: 30 },
      claim: null,
      couponAffiliateId: null,
      affiliates: { lea: someone, tom: someone },
      bound: [],
      upgradeFromProductId: null,
      ...change,
    },
    DEFAULT_POLICY,
    now,
  )

describe('a click', () => {
  test('binds a new customer with the program’s terms frozen', () => {
    const decision = decide({ claim })
    expect(decision).toMatchObject({ action: 'bind', replaces: [], note: null, current: { affiliateId: 'lea', terms } })
    expect(decision.bind).toEqual({
      productId: 'pro',
      affiliateId: 'lea',
      clickId: 'click-1',
      linkId: 'link-1',
      source: 'click',
      attributionModel: 'last-click',
      isFreeProductAttribution: false,
      attributionExpiresAt: null,
      boundAt: now,
      expiresAt: addDays(claim.clickedAt, 30),
      terms,
    })
  })

  test('freezes the affiliate’s own terms when the owner gave them some', () => {
    const own = { rateType: 'fixed', rate: 100_000, includeRenewals: false } as const
    expect(decide({ claim, affiliates: { lea: { ...someone, termsOverride: own } } }).bind?.terms).toEqual(own)
  })

  test.each([
    ['token_expired', { claim: { ...claim, clickedAt: addDays(now, -30) } }],
    ['token_expired', { claim: { ...claim, expiresAt: now } }],
    ['token_expired', { claim: { ...claim, clickedAt: addMinutes(now, 5) } }],
    ['token_foreign', { claim: { ...claim, productId: 'other', communityId: 'elsewhere' } }],
    ['token_foreign', { claim: { ...claim, productId: 'other', communityId: null } }],
    ['affiliate_stopped', { claim, affiliates: { lea: { ...someone, isBlocked: true } } }],
    ['affiliate_stopped', { claim, affiliates: {} }],
    ['no_program', { claim, program: null }],
    ['no_program', { claim, program: { ...terms, isActive: false, cookieDurationDays: 30 } }],
  ] satisfies readonly (readonly [string, Partial<AttributionFacts>])[])(
    'that may not bind is noted as %s and the sale goes through',
    (note, change) => {
      expect(decide(change)).toMatchObject({ action: 'none', bind: null, current: null, note })
    },
  )

  test('binds for another tier of its community and from its landing page', () => {
    expect(decide({ claim: { ...claim, productId: 'basic' } }).action).toBe('bind')
    expect(decide({ claim: { ...claim, productId: null } }).action).toBe('bind')
    expect(decide({ claim: { ...claim, productId: null, communityId: null } }).action).toBe('bind')
  })
})

describe('who came before', () => {
  test('gives way to a newer click', () => {
    expect(decide({ claim, bound: [bound] })).toMatchObject({
      action: 'replace',
      replaces: ['att-0'],
      current: { affiliateId: 'lea', terms },
    })
  })

  test('stays when the click is older than the binding, or is the one that bound', () => {
    const recent = { ...bound, boundAt: addDays(now, -2) }
    expect(decide({ claim, bound: [recent] })).toMatchObject({
      action: 'keep',
      keep: recent,
      note: 'token_older',
      current: { affiliateId: 'tom', terms: bound.terms },
    })
    expect(decide({ claim: { ...claim, clickId: 'click-0' }, bound: [recent] })).toMatchObject({ action: 'keep', note: null })
  })

  test('stays without a token within 30 days of the end of the subscription, and not after', () => {
    expect(decide({ bound: [bound] })).toMatchObject({ action: 'keep', current: { affiliateId: 'tom' } })
    const gone = { ...bound, subscriptionExpiredAt: addDays(now, -30) }
    expect(decide({ bound: [gone] })).toMatchObject({ action: 'none', current: null, replaces: ['att-0'] })
  })

  test('earns nothing while blocked, yet is not ended', () => {
    expect(decide({ bound: [bound], affiliates: { tom: { ...someone, isBlocked: true } } })).toMatchObject({
      action: 'none',
      current: null,
      replaces: [],
    })
  })
})

test('a personal coupon outranks a click', () => {
  expect(decide({ claim, couponAffiliateId: 'tom' })).toMatchObject({
    action: 'bind',
    bind: { affiliateId: 'tom', source: 'coupon', clickId: null },
  })
  expect(decide({ claim, couponAffiliateId: 'nobody' })).toMatchObject({ bind: { affiliateId: 'lea', source: 'click' } })
})

describe('free products', () => {
  const free = { product: { id: 'free', communityId: 'club', isFree: true }, program: null }

  test('bind for as long as the affiliate’s profile says', () => {
    const days = LOCK_PROFILES.map((profile) => {
      const decision = decide({ ...free, claim, affiliates: { lea: { ...someone, profile } } })
      expect(decision.bind).toMatchObject({ isFreeProductAttribution: true, terms: null })
      return [profile, ((decision.bind?.attributionExpiresAt?.getTime() ?? 0) - now.getTime()) / 86_400_000]
    })
    expect(days).toEqual([
      ['NEW', 60],
      ['RECENT', 45],
      ['VALIDATED', 30],
      ['TRUSTED', 30],
      ['AT_RISK', 30],
      ['HIGH_RISK', 30],
      ['EXTREME_RISK', 30],
    ])
  })

  test('hand over to the paid product before their date, and to nobody after', () => {
    expect(decide({ bound: [freeBound] })).toMatchObject({
      action: 'replace',
      replaces: ['att-0'],
      bind: { affiliateId: 'tom', source: 'upgrade', clickId: 'click-0', terms, isFreeProductAttribution: false },
    })
    expect(decide({ bound: [{ ...freeBound, attributionExpiresAt: now }] })).toMatchObject({ action: 'none', current: null })
  })

  test('give way to a newer click', () => {
    const recent = { ...freeBound, boundAt: addDays(now, -5) }
    expect(decide({ claim, bound: [recent] })).toMatchObject({ action: 'replace', replaces: ['att-0'], bind: { affiliateId: 'lea' } })
    expect(decide({ claim, bound: [{ ...recent, boundAt: addDays(now, -1) }] })).toMatchObject({
      note: 'token_older',
      bind: { affiliateId: 'tom' },
    })
  })
})

test('a paid upgrade carries its attribution and terms; another purchase in the community does not', () => {
  const basic = { ...bound, productId: 'basic', subscriptionExpiredAt: null }
  expect(decide({ bound: [basic], upgradeFromProductId: 'basic' })).toMatchObject({
    action: 'bind',
    replaces: [],
    bind: { affiliateId: 'tom', source: 'upgrade', terms: bound.terms },
  })
  expect(decide({ bound: [basic] })).toMatchObject({ action: 'none', current: null })
})

test('live is not replaced and, when free, not past its date', () => {
  expect(isLive(bound, now)).toBe(true)
  expect(isLive({ ...bound, replacedAt: now }, now)).toBe(false)
  expect(isLive(freeBound, addDays(now, 20))).toBe(false)
})

test('whatever the facts, a sale has at most one affiliate, never a blocked one', () => {
  const who = fc.constantFrom('lea', 'tom', 'max')
  const days = fc.integer({ min: -100, max: 3 })
  const anyBound = fc.record({ who, productId: fc.constantFrom('pro', 'free', 'basic'), days, free: fc.boolean(), ended: fc.option(days) })
  const anyClaim = fc.option(fc.record({ who, days, productId: fc.constantFrom('pro', 'basic', null) }))
  fc.assert(
    fc.property(
      fc.array(anyBound, { maxLength: 4 }),
      anyClaim,
      fc.boolean(),
      fc.subarray(['lea', 'tom', 'max']),
      (bounds, token, isFree, blocked) => {
        const decision = decide({
          product: { id: isFree ? 'free' : 'pro', communityId: 'club', isFree },
          claim:
            token === null ? null : { ...claim, affiliateId: token.who, clickedAt: addDays(now, token.days), productId: token.productId },
          affiliates: Object.fromEntries(['lea', 'tom', 'max'].map((name) => [name, { ...someone, isBlocked: blocked.includes(name) }])),
          bound: bounds.map((one, index) => ({
            ...bound,
            id: `b${index}`,
            affiliateId: one.who,
            productId: one.productId,
            boundAt: addDays(now, Math.min(0, one.days)),
            isFreeProductAttribution: one.free,
            attributionExpiresAt: one.free ? addDays(now, one.days + 50) : null,
            subscriptionExpiredAt: one.ended === null ? null : addDays(now, one.ended),
          })),
        })
        expect(blocked).not.toContain(decision.current?.affiliateId)
        expect(decision.bind === null).toBe(decision.action === 'keep' || decision.action === 'none')
        if (decision.bind?.source === 'click') expect(now < addDays(decision.bind.boundAt, 30)).toBe(true)
        if (!isFree && decision.current !== null && decision.action !== 'keep') expect(decision.current.terms).not.toBeNull()
      },
    ),
  )
})
