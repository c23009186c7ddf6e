import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PLAN_INTERVALS } from '#domain/base/enums.ts'
import { cents } from '#domain/base/money.ts'
import { addMonths, dueAt, periodEndOf } from '#domain/base/period.ts'
import { DEFAULT_POLICY } from '#domain/base/policy.ts'
import { addDays } from '#domain/base/time.ts'
import {
  assertMayBegin,
  assertOnSale,
  buttonFits,
  freeOrder,
  orderSummary,
  upgradeCharge,
  type Buyer,
  type Offer,
  type PlanTerms,
} from './plan.ts'

const now = new Date('2026-01-31T10:00:00Z')
const monthly: PlanTerms = {
  priceAmount: 4900,
  currency: 'EUR',
  billingInterval: 'MONTHLY',
  trialDays: null,
  trialAmount: null,
  setupFee: null,
  maxBillingCycles: null,
}
const buyer: Buyer = { country: 'FR', policy: DEFAULT_POLICY, now, returning: false, trialUsed: false }

describe('what is due today', () => {
  test('a monthly plan: the price, and the same in a month', () => {
    expect(orderSummary(monthly, buyer)).toEqual({
      kind: 'FIRST',
      lines: [{ kind: 'PRICE', amountCents: 4900 }],
      dueTodayCents: 4900,
      exclCents: 4083,
      taxCents: 817,
      taxRateBps: 2000,
      country: 'FR',
      currency: 'EUR',
      trialEndsAt: null,
      periodEnd: new Date('2026-02-28T10:00:00Z'),
      billingAnchorDay: 31,
      renewal: { amountCents: 4900, at: new Date('2026-02-28T10:00:00Z'), interval: 'MONTHLY' },
      needsPayment: true,
      needsCard: true,
    })
  })

  test('a free trial: nothing, a card, and the price when it ends', () => {
    const trialEndsAt = addDays(now, 7)
    expect(orderSummary({ ...monthly, trialDays: 7, trialAmount: 0 }, buyer)).toMatchObject({
      kind: 'TRIAL',
      dueTodayCents: 0,
      trialEndsAt,
      periodEnd: trialEndsAt,
      billingAnchorDay: 7,
      renewal: { amountCents: 4900, at: trialEndsAt },
      needsPayment: false,
      needsCard: true,
    })
  })

  test('a paid trial with a set-up fee: both now', () => {
    const summary = orderSummary({ ...monthly, trialDays: 7, trialAmount: 100, setupFee: 1900 }, buyer)
    expect(summary).toMatchObject({ kind: 'TRIAL', dueTodayCents: 2000, exclCents: 1667, taxCents: 333 })
    expect(summary.lines).toEqual([
      { kind: 'TRIAL', amountCents: 100 },
      { kind: 'SETUP_FEE', amountCents: 1900 },
    ])
  })

  test('no second trial, and no second set-up fee for who returns', () => {
    const plan = { ...monthly, trialDays: 7, trialAmount: 0, setupFee: 1900 }
    expect(orderSummary(plan, { ...buyer, trialUsed: true })).toMatchObject({ kind: 'FIRST', dueTodayCents: 6800 })
    expect(orderSummary(plan, { ...buyer, returning: true })).toMatchObject({ kind: 'FIRST', dueTodayCents: 4900 })
  })

  test.each(['ONE_TIME', 'LIFETIME'] as const)('%s never renews', (billingInterval) => {
    expect(orderSummary({ ...monthly, billingInterval }, buyer)).toMatchObject({ periodEnd: null, renewal: null, billingAnchorDay: null })
  })

  test('a free product: nothing, and no card', () => {
    expect(freeOrder(buyer)).toMatchObject({
      dueTodayCents: 0,
      lines: [],
      renewal: null,
      needsPayment: false,
      needsCard: false,
      currency: 'EUR',
    })
  })

  test('the last of its cycles has no renewal after it', () => {
    expect(orderSummary({ ...monthly, maxBillingCycles: 1 }, buyer).renewal).toBeNull()
    expect(orderSummary({ ...monthly, maxBillingCycles: 1, trialDays: 7 }, buyer).renewal).not.toBeNull()
    expect(orderSummary({ ...monthly, maxBillingCycles: 2 }, buyer).renewal).not.toBeNull()
  })

  test('the lines sum to what is due and the tax to both, in every country', () => {
    const amount = fc.nat(1_000_000)
    const plan = fc.record({
      priceAmount: amount,
      currency: fc.constant('EUR'),
      billingInterval: fc.constantFrom(...PLAN_INTERVALS),
      trialDays: fc.option(fc.nat(90)),
      trialAmount: fc.option(amount),
      setupFee: fc.option(amount),
      maxBillingCycles: fc.option(fc.integer({ min: 1, max: 24 })),
    })
    const country = fc.constantFrom(...Object.keys(DEFAULT_POLICY.vat.ratesBps), 'CH')
    fc.assert(
      fc.property(plan, country, fc.boolean(), fc.boolean(), (terms, place, returning, trialUsed) => {
        const summary = orderSummary(terms, { ...buyer, country: place, returning, trialUsed })
        expect(summary.lines.reduce((sum, line) => sum + line.amountCents, 0)).toBe(summary.dueTodayCents)
        expect(summary.exclCents + summary.taxCents).toBe(summary.dueTodayCents)
        expect(summary.needsPayment).toBe(summary.dueTodayCents > 0)
        if (summary.renewal !== null) expect(summary.renewal.at > now).toBe(true)
      }),
    )
  })
})

describe('periods', () => {
  test('keep their anchor day', () => {
    const jan = new Date('2026-01-31T10:00:00Z')
    const feb = addMonths(jan, 1, 31)
    const mar = addMonths(feb, 1, 31)
    expect([feb, mar].map((date) => date.toISOString())).toEqual(['2026-02-28T10:00:00.000Z', '2026-03-31T10:00:00.000Z'])
    expect(addMonths(new Date('2028-01-30T00:00:00Z'), 1, 30).toISOString()).toBe('2028-02-29T00:00:00.000Z')
    expect(periodEndOf('ANNUALLY', new Date('2028-02-29T08:00:00Z'), 29)?.toISOString()).toBe('2029-02-28T08:00:00.000Z')
    expect(periodEndOf('QUARTERLY', new Date('2026-11-30T08:00:00Z'), 30)?.toISOString()).toBe('2027-02-28T08:00:00.000Z')
    expect(periodEndOf('LIFETIME', jan, 31)).toBeNull()
  })

  test('missed ones are not billed', () => {
    const paidUntil = new Date('2026-01-31T10:00:00Z')
    expect(dueAt('MONTHLY', paidUntil, 31, new Date('2026-01-31T09:59:59Z'))).toBeNull()
    expect(dueAt('MONTHLY', paidUntil, 31, paidUntil)).toEqual({ start: paidUntil, end: new Date('2026-02-28T10:00:00Z') })
    expect(dueAt('MONTHLY', paidUntil, 31, new Date('2026-05-31T09:00:00Z'))).toEqual({
      start: new Date('2026-04-30T10:00:00Z'),
      end: new Date('2026-05-31T10:00:00Z'),
    })
    expect(dueAt('ONE_TIME', paidUntil, 31, addDays(paidUntil, 900))).toBeNull()
  })

  test('the due one is always the one that now lies in', () => {
    const instant = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(instant, fc.nat(4000), fc.constantFrom('MONTHLY', 'QUARTERLY', 'ANNUALLY'), (paidUntil, days, interval) => {
        const anchor = paidUntil.getUTCDate()
        const at = addDays(paidUntil, days)
        const period = dueAt(interval, paidUntil, anchor, at)
        expect(period !== null && period.start <= at && at < period.end).toBe(true)
        expect(period !== null && period.start >= paidUntil).toBe(true)
      }),
    )
  })
})

describe('an upgrade', () => {
  const period = { start: new Date('2026-04-01T00:00:00Z'), end: new Date('2026-05-01T00:00:00Z') }

  test('49 → 99 € with 20 of 30 days left costs 33.33 €', () => {
    expect(upgradeCharge(cents(4900), cents(9900), period, addDays(period.start, 10))).toBe(3333)
  })

  test('costs nothing at the end, everything at the start, and never more', () => {
    expect(upgradeCharge(cents(4900), cents(9900), period, period.end)).toBe(0)
    expect(upgradeCharge(cents(4900), cents(9900), period, period.start)).toBe(5000)
    expect(upgradeCharge(cents(4900), cents(9900), period, addDays(period.start, -3))).toBe(5000)
    expect(upgradeCharge(cents(9900), cents(4900), period, period.start)).toBe(0)
  })
})

describe('an offer', () => {
  const offer: Offer = {
    product: { isActive: true, isPublished: true, publishedAt: null, requiresTrial: false },
    plan: { isActive: true, trialDays: null },
    button: { isActive: true },
    isCommunityActive: true,
  }
  const refusal = (change: Partial<Offer>) => () => assertOnSale({ ...offer, ...change }, DEFAULT_POLICY, now)

  test('is on sale, or says why not', () => {
    expect(refusal({})).not.toThrow()
    expect(refusal({ button: { isActive: false } })).toThrow(expect.objectContaining({ code: 'button_inactive' }))
    expect(refusal({ isCommunityActive: false })).toThrow(expect.objectContaining({ code: 'product_unavailable' }))
    expect(refusal({ product: { ...offer.product, publishedAt: addDays(now, 1) } })).toThrow(
      expect.objectContaining({ code: 'product_unavailable' }),
    )
  })

  test('a product that begins with a trial sells its other plans to those who have had it', () => {
    const product = { requiresTrial: true }
    const [without, withTrial] = [{ trialDays: null }, { trialDays: 7 }]
    const needsTrial = expect.objectContaining({ code: 'plan_needs_trial' })
    const had = { status: 'EXPIRED', trialUsedAt: now } as const
    for (const newcomer of [null, { status: 'INCOMPLETE', trialUsedAt: null } as const]) {
      expect(() => assertMayBegin({ product, plan: without }, newcomer)).toThrow(needsTrial)
      expect(() => assertMayBegin({ product, plan: withTrial }, newcomer)).not.toThrow()
      expect(() => assertMayBegin({ product: { requiresTrial: false }, plan: without }, newcomer)).not.toThrow()
    }
    for (const before of [had, { ...had, trialUsedAt: null }])
      expect(() => assertMayBegin({ product, plan: without }, before)).not.toThrow()
  })

  test('a button fits its plan', () => {
    expect(PLAN_INTERVALS.filter((interval) => buttonFits(interval, 'subscription'))).toEqual(['MONTHLY', 'QUARTERLY', 'ANNUALLY'])
    expect(PLAN_INTERVALS.filter((interval) => buttonFits(interval, 'one-time'))).toEqual(['ONE_TIME', 'LIFETIME'])
  })
})
