import { hasAccess, type CustomerStatus } from '#domain/base/enums.ts'
import type { Period } from '#domain/base/period.ts'
import type { Policy } from '#domain/base/policy.ts'
import { DAY_MS, addDays } from '#domain/base/time.ts'
import { unreachable } from '#domain/base/unreachable.ts'
import type { OrderSummary } from '#domain/catalogue/plan.ts'
import { AppError } from '#domain/error.ts'

/** The columns of a customer that its life is written in. */
export type Subscription = {
  readonly status: CustomerStatus
  readonly trialEndsAt: Date | null
  readonly trialUsedAt: Date | null
  readonly activatedAt: Date | null
  readonly billingAnchorDay: number | null
  readonly currentPeriodStart: Date | null
  readonly currentPeriodEnd: Date | null
  readonly nextChargeAt: Date | null
  readonly cancelledAt: Date | null
  /** When access ends or ended; null while it goes on. */
  readonly subscriptionEndsAt: Date | null
  readonly fullPriceCharges: number
}

export type SubscriptionEvent =
  /** The first invoice is paid, or a trial that costs nothing begins. */
  | { readonly type: 'began'; readonly summary: OrderSummary }
  /** A full-price invoice after the first is paid, at its date or after a retry. */
  | { readonly type: 'renewed'; readonly period: Period; readonly maxBillingCycles: number | null }
  /** A renewal is declined, or the bank wants it authenticated. */
  | { readonly type: 'declined' }
  | { readonly type: 'last_retry_failed' }
  | { readonly type: 'cancelled' }
  | { readonly type: 'resumed' }
  /** The date has come at which a cancelled or fully paid subscription ends. */
  | { readonly type: 'ended' }
  /** Withdrawal, or full refund of the invoice that covers the current period; an upgrade that replaces this customer. */
  | { readonly type: 'reversed' }

export type Transition = {
  readonly to: Subscription
  /** The open renewal invoice becomes VOID. */
  readonly voidsInvoice: boolean
  /** Channels, formations and rooms close at once. */
  readonly closesAccess: boolean
}

/** The next state of a customer. Throws AppError when the event does not fit the state: `already_owned`, `nothing_renews`, `already_cancelled`, `subscription_ended` for what people do, `conflict` for what machines do. */
export function decideSubscription(from: Subscription, event: SubscriptionEvent, now: Date): Transition {
  switch (event.type) {
    case 'began':
      return begin(from, event.summary, now)
    case 'renewed':
      return renew(from, event.period, event.maxBillingCycles, now)
    case 'declined':
      if (from.status !== 'TRIAL' && from.status !== 'ACTIVE' && from.status !== 'PAST_DUE') throw new AppError('conflict')
      return to(from, { status: 'PAST_DUE' })
    case 'last_retry_failed':
      if (from.status !== 'PAST_DUE') throw new AppError('conflict')
      return expire(from, now, true)
    case 'cancelled':
      return cancel(from, now)
    case 'resumed':
      return resume(from, now)
    case 'ended':
      return end(from, now)
    case 'reversed':
      if (!hasAccess(from.status)) throw new AppError('subscription_ended')
      return expire(from, now, from.status === 'PAST_DUE')
    default:
      return unreachable(event)
  }
}

function begin(from: Subscription, summary: OrderSummary, now: Date): Transition {
  if (hasAccess(from.status)) throw new AppError('already_owned')
  const isTrial = summary.trialEndsAt !== null
  return to(from, {
    status: isTrial ? 'TRIAL' : 'ACTIVE',
    trialEndsAt: summary.trialEndsAt,
    trialUsedAt: isTrial ? now : from.trialUsedAt,
    activatedAt: from.activatedAt ?? now,
    billingAnchorDay: summary.billingAnchorDay,
    currentPeriodStart: now,
    currentPeriodEnd: summary.periodEnd,
    nextChargeAt: summary.renewal?.at ?? null,
    cancelledAt: null,
    subscriptionEndsAt: summary.renewal === null ? summary.periodEnd : null,
    fullPriceCharges: isTrial ? 0 : 1,
  })
}

function renew(from: Subscription, period: Period, maxBillingCycles: number | null, now: Date): Transition {
  if (from.status !== 'TRIAL' && from.status !== 'ACTIVE' && from.status !== 'PAST_DUE') throw new AppError('conflict')
  const fullPriceCharges = from.fullPriceCharges + 1
  const recurs = from.billingAnchorDay !== null
  const isLast = !recurs || (maxBillingCycles !== null && fullPriceCharges >= maxBillingCycles)
  const end = recurs ? period.end : null
  return to(from, {
    status: 'ACTIVE',
    activatedAt: from.activatedAt ?? now,
    currentPeriodStart: period.start,
    currentPeriodEnd: end,
    nextChargeAt: isLast ? null : end,
    subscriptionEndsAt: isLast ? end : null,
    fullPriceCharges,
  })
}

function cancel(from: Subscription, now: Date): Transition {
  if (from.status === 'CANCELLED') throw new AppError('already_cancelled')
  if (from.status === 'PAST_DUE') return expire({ ...from, cancelledAt: now }, now, true)
  if (from.status !== 'TRIAL' && from.status !== 'ACTIVE') throw new AppError('subscription_ended')
  const endsAt = from.status === 'TRIAL' ? from.trialEndsAt : from.currentPeriodEnd
  // What does not renew has nothing to cancel: it ends by itself or never.
  if (endsAt === null || from.nextChargeAt === null) throw new AppError('nothing_renews')
  return to(from, { status: 'CANCELLED', cancelledAt: now, subscriptionEndsAt: endsAt, nextChargeAt: null })
}

function resume(from: Subscription, now: Date): Transition {
  const endsAt = from.subscriptionEndsAt
  if (from.status !== 'CANCELLED' || endsAt === null || now >= endsAt) throw new AppError('subscription_ended')
  const isTrial = from.trialEndsAt !== null && from.fullPriceCharges === 0
  return to(from, { status: isTrial ? 'TRIAL' : 'ACTIVE', cancelledAt: null, subscriptionEndsAt: null, nextChargeAt: endsAt })
}

function end(from: Subscription, now: Date): Transition {
  const endsAt = from.subscriptionEndsAt
  const mayEnd = from.status === 'CANCELLED' || ((from.status === 'ACTIVE' || from.status === 'TRIAL') && from.nextChargeAt === null)
  if (!mayEnd || endsAt === null || now < endsAt) throw new AppError('conflict')
  return expire(from, endsAt, false)
}

function expire(from: Subscription, at: Date, voidsInvoice: boolean): Transition {
  return { ...to(from, { status: 'EXPIRED', subscriptionEndsAt: at, nextChargeAt: null }), voidsInvoice }
}

function to(from: Subscription, change: Partial<Subscription>): Transition {
  const next = { ...from, ...change }
  return { to: next, voidsInvoice: false, closesAccess: hasAccess(from.status) && !hasAccess(next.status) }
}

/** When the retries of an unpaid invoice are, from its `dueDate`: +1, +3 and +7 days by default. */
export function retryDates(dueDate: Date, policy: Policy): Date[] {
  return policy.dunning.retryDays.map((days) => addDays(dueDate, days))
}

export type Dunning = { readonly action: 'wait'; readonly until: Date } | { readonly action: 'retry' } | { readonly action: 'give_up' }

/**
 * What to do with an unpaid renewal: retry when a date has come, at most one attempt per 24 hours; give up when an attempt was made at or
 * after the last date. `lastAttemptAt` is null when none was made.
 *
 * @waitsFor renewals and card changes
 */
export function decideDunning(dueDate: Date, lastAttemptAt: Date | null, policy: Policy, now: Date): Dunning {
  const dates = [dueDate, ...retryDates(dueDate, policy)]
  const next = dates.find((date) => lastAttemptAt === null || date > lastAttemptAt)
  if (next === undefined) return { action: 'give_up' }
  const earliest = lastAttemptAt === null ? next : new Date(Math.max(next.getTime(), lastAttemptAt.getTime() + DAY_MS))
  return now >= earliest ? { action: 'retry' } : { action: 'wait', until: earliest }
}
