import { describe, expect, test } from 'vitest'
import { STATUSES_WITH_ACCESS, hasAccess, CUSTOMER_STATUSES } from '#domain/base/enums.ts'
import { DEFAULT_POLICY } from '#domain/base/policy.ts'
import { addDays } from '#domain/base/time.ts'
import { orderSummary, type PlanTerms } from '#domain/catalogue/plan.ts'
import { decideDunning, decideSubscription, retryDates, type Subscription, type SubscriptionEvent } from './subscription.ts'

const now = new Date('2026-01-31T10:00:00Z')
const plan: PlanTerms = {
  priceAmount: 4900,
  currency: 'EUR',
  billingInterval: 'MONTHLY',
  trialDays: null,
  trialAmount: null,
  setupFee: null,
  maxBillingCycles: null,
}
const began = (change: Partial<PlanTerms> = {}): SubscriptionEvent => ({
  type: 'began',
  summary: orderSummary({ ...plan, ...change }, { country: 'FR', policy: DEFAULT_POLICY, now, returning: false, trialUsed: false }),
})

const fresh: Subscription = {
  status: 'INCOMPLETE',
  trialEndsAt: null,
  trialUsedAt: null,
  activatedAt: null,
  billingAnchorDay: null,
  currentPeriodStart: null,
  currentPeriodEnd: null,
  nextChargeAt: null,
  cancelledAt: null,
  subscriptionEndsAt: null,
  fullPriceCharges: 0,
}
const after = (event: SubscriptionEvent, from = fresh, at = now) => decideSubscription(from, event, at)
const active = after(began()).to
const trial = after(began({ trialDays: 7 })).to
const february = { start: new Date('2026-02-28T10:00:00Z'), end: new Date('2026-03-31T10:00:00Z') }

describe('a beginning', () => {
  test('paid: active until the period’s end', () => {
    expect(active).toMatchObject({
      status: 'ACTIVE',
      currentPeriodEnd: february.start,
      nextChargeAt: february.start,
      billingAnchorDay: 31,
      fullPriceCharges: 1,
      activatedAt: now,
      subscriptionEndsAt: null,
    })
  })

  test('with a trial: used up for good', () => {
    expect(trial).toMatchObject({
      status: 'TRIAL',
      trialEndsAt: addDays(now, 7),
      nextChargeAt: addDays(now, 7),
      trialUsedAt: now,
      fullPriceCharges: 0,
    })
  })

  test('bought once: never ends, never charged again', () => {
    for (const billingInterval of ['ONE_TIME', 'LIFETIME'] as const) {
      expect(after(began({ billingInterval })).to).toMatchObject({
        status: 'ACTIVE',
        currentPeriodEnd: null,
        nextChargeAt: null,
        subscriptionEndsAt: null,
      })
    }
  })

  test('after an end: again, keeping that the trial was used', () => {
    const gone = { ...trial, status: 'EXPIRED' as const }
    expect(after(began(), gone).to).toMatchObject({ status: 'ACTIVE', trialEndsAt: null, trialUsedAt: now, cancelledAt: null })
  })

  test.each(STATUSES_WITH_ACCESS)('is refused to who is %s', (status) => {
    expect(() => after(began(), { ...active, status })).toThrow(expect.objectContaining({ code: 'already_owned' }))
  })
})

describe('renewing', () => {
  const renewed: SubscriptionEvent = { type: 'renewed', period: february, maxBillingCycles: null }

  test.each(['TRIAL', 'ACTIVE', 'PAST_DUE'] as const)('from %s to ACTIVE, anchor kept', (status) => {
    expect(after(renewed, { ...active, status }).to).toMatchObject({
      status: 'ACTIVE',
      billingAnchorDay: 31,
      currentPeriodEnd: february.end,
      nextChargeAt: february.end,
      fullPriceCharges: 2,
    })
  })

  test('the last cycle ends with its period', () => {
    const last = after({ ...renewed, maxBillingCycles: 2 }, active).to
    expect(last).toMatchObject({ status: 'ACTIVE', nextChargeAt: null, subscriptionEndsAt: february.end })
    expect(() => after({ type: 'ended' }, last, february.start)).toThrow(expect.objectContaining({ code: 'conflict' }))
    expect(after({ type: 'ended' }, last, addDays(february.end, 3))).toMatchObject({
      to: { status: 'EXPIRED', subscriptionEndsAt: february.end },
      closesAccess: true,
      voidsInvoice: false,
    })
  })

  test('the full price after the trial of something bought once ends nothing', () => {
    const once = after(began({ billingInterval: 'ONE_TIME', trialDays: 7 })).to
    expect(after(renewed, once).to).toMatchObject({
      status: 'ACTIVE',
      currentPeriodEnd: null,
      nextChargeAt: null,
      subscriptionEndsAt: null,
    })
  })

  test('declined: access stays until the last retry failed', () => {
    const late = after({ type: 'declined' }, active)
    expect(late).toMatchObject({ to: { status: 'PAST_DUE' }, closesAccess: false })
    expect(after({ type: 'last_retry_failed' }, late.to)).toMatchObject({
      to: { status: 'EXPIRED', nextChargeAt: null },
      voidsInvoice: true,
      closesAccess: true,
    })
  })

  test('what is over is not renewed', () => {
    for (const status of ['CANCELLED', 'EXPIRED', 'INCOMPLETE'] as const)
      expect(() => after(renewed, { ...active, status })).toThrow(expect.objectContaining({ code: 'conflict' }))
  })
})

describe('cancelling', () => {
  test('keeps access to the end of what was paid, and can be taken back before', () => {
    const left = after({ type: 'cancelled' }, active)
    expect(left).toMatchObject({
      to: { status: 'CANCELLED', subscriptionEndsAt: february.start, nextChargeAt: null, cancelledAt: now },
      closesAccess: false,
    })
    expect(after({ type: 'resumed' }, left.to).to).toEqual(active)
    expect(() => after({ type: 'resumed' }, left.to, february.start)).toThrow(expect.objectContaining({ code: 'subscription_ended' }))
    expect(after({ type: 'ended' }, left.to, february.start).to.status).toBe('EXPIRED')
  })

  test('a trial to its end, resumed as a trial', () => {
    const left = after({ type: 'cancelled' }, trial).to
    expect(left).toMatchObject({ status: 'CANCELLED', subscriptionEndsAt: addDays(now, 7) })
    expect(after({ type: 'resumed' }, left).to).toEqual(trial)
  })

  test('while a payment is overdue: at once, and nothing is owed', () => {
    expect(after({ type: 'cancelled' }, { ...active, status: 'PAST_DUE' })).toMatchObject({
      to: { status: 'EXPIRED', cancelledAt: now, subscriptionEndsAt: now },
      voidsInvoice: true,
      closesAccess: true,
    })
  })

  test('says when there is nothing to cancel', () => {
    const lifetime = after(began({ billingInterval: 'LIFETIME' })).to
    expect(() => after({ type: 'cancelled' }, lifetime)).toThrow(expect.objectContaining({ code: 'nothing_renews' }))
    expect(() => after({ type: 'cancelled' }, { ...active, status: 'CANCELLED' })).toThrow(
      expect.objectContaining({ code: 'already_cancelled' }),
    )
    expect(() => after({ type: 'cancelled' }, { ...active, status: 'EXPIRED' })).toThrow(
      expect.objectContaining({ code: 'subscription_ended' }),
    )
  })
})

test('a reversal ends access at once', () => {
  expect(after({ type: 'reversed' }, active)).toMatchObject({ to: { status: 'EXPIRED', subscriptionEndsAt: now }, closesAccess: true })
  expect(CUSTOMER_STATUSES.filter(hasAccess)).toEqual([...STATUSES_WITH_ACCESS])
})

describe('dunning', () => {
  const due = now

  test('retries after 1, 3 and 7 days', () => {
    expect(retryDates(due, DEFAULT_POLICY)).toEqual([addDays(due, 1), addDays(due, 3), addDays(due, 7)])
    expect(decideDunning(due, null, DEFAULT_POLICY, due)).toEqual({ action: 'retry' })
    expect(decideDunning(due, due, DEFAULT_POLICY, addDays(due, 0.5))).toEqual({ action: 'wait', until: addDays(due, 1) })
    expect(decideDunning(due, addDays(due, 1), DEFAULT_POLICY, addDays(due, 3))).toEqual({ action: 'retry' })
    expect(decideDunning(due, addDays(due, 7), DEFAULT_POLICY, addDays(due, 7))).toEqual({ action: 'give_up' })
  })

  test('never twice within 24 hours, however late the jobs are', () => {
    const late = addDays(due, 2.5)
    expect(decideDunning(due, late, DEFAULT_POLICY, addDays(due, 3))).toEqual({ action: 'wait', until: addDays(due, 3.5) })
  })
})
