import { unreachable } from '#domain/base/unreachable.ts'
import type { Checkout, Offer } from '#web/data/checkout.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { formatDay, formatMoney, formatRate } from '#web/ui/format.ts'

export type Summary = Checkout['summary']

type Plan = Offer['plan']

export type Interval = Plan['billingInterval']

type Card = Omit<NonNullable<Checkout['card']>, 'capturedAt'>

function periodName(interval: Interval): string {
  switch (interval) {
    case 'MONTHLY':
      return m.selling_checkout_line_month()
    case 'QUARTERLY':
      return m.selling_checkout_line_quarter()
    case 'ANNUALLY':
      return m.selling_checkout_line_year()
    case 'ONE_TIME':
      return m.selling_checkout_line_once()
    case 'LIFETIME':
      return m.selling_checkout_line_lifetime()
    default:
      return unreachable(interval)
  }
}

/** What one line of the order is for. */
export function lineName(kind: Summary['lines'][number]['kind'], plan: Plan): string {
  switch (kind) {
    case 'TRIAL':
      return plan.trialDays === null ? m.selling_checkout_line_trial_short() : m.selling_checkout_line_trial({ days: plan.trialDays })
    case 'SETUP_FEE':
      return m.selling_checkout_line_setup()
    case 'PRICE':
      return periodName(plan.billingInterval)
    default:
      return unreachable(kind)
  }
}

export function taxName(summary: Summary): string {
  return m.selling_checkout_tax({ rate: formatRate(summary.taxRateBps) })
}

/** What is charged after today, in a sentence: how much, how often, from when; or that nothing is. */
export function renewalSentence({ renewal }: Summary): string {
  if (!renewal) return m.selling_checkout_renews_never()
  const amount = formatMoney(renewal.amountCents)
  const day = formatDay(renewal.at)
  switch (renewal.interval) {
    case 'MONTHLY':
      return m.selling_checkout_renews_month({ amount, day })
    case 'QUARTERLY':
      return m.selling_checkout_renews_quarter({ amount, day })
    case 'ANNUALLY':
      return m.selling_checkout_renews_year({ amount, day })
    case 'ONE_TIME':
    case 'LIFETIME':
      return m.selling_checkout_renews_once({ amount, day })
    default:
      return unreachable(renewal.interval)
  }
}

/** The same as a figure for a list: « 49,00 € le 22 déc. 2026, puis chaque mois ». */
export function nextCharge({ renewal }: Summary): string {
  if (!renewal) return m.selling_next_none()
  const amount = formatMoney(renewal.amountCents)
  const day = formatDay(renewal.at)
  const rhythm = rhythmOf(renewal.interval)
  return rhythm === null ? m.selling_next_charge_value({ amount, day }) : m.selling_checkout_next_charge_value({ amount, day, rhythm })
}

function rhythmOf(interval: Interval): string | null {
  switch (interval) {
    case 'MONTHLY':
      return m.selling_checkout_rhythm_month()
    case 'QUARTERLY':
      return m.selling_checkout_rhythm_quarter()
    case 'ANNUALLY':
      return m.selling_checkout_rhythm_year()
    case 'ONE_TIME':
    case 'LIFETIME':
      return null
    default:
      return unreachable(interval)
  }
}

/** « Visa •••• 4242 » */
export function cardName({ brand, last4 }: Card): string {
  return m.selling_checkout_card_value({ brand: brandName(brand), last4: last4 ?? '' })
}

export function brandName(brand: string | null): string {
  return brand ? brand.charAt(0).toUpperCase() + brand.slice(1) : m.selling_card()
}

export function cardExpiry({ expMonth, expYear }: Card): string | null {
  if (expMonth === null || expYear === null) return null
  return m.selling_checkout_card_expires({ month: String(expMonth).padStart(2, '0'), year: expYear })
}

/** The order button's whole wording (article L221-14 of the French Consumer Code), with what is charged now. */
export function orderLabel(summary: Summary): string {
  const amount = formatMoney(summary.dueTodayCents)
  return summary.trialEndsAt === null ? m.selling_checkout_order({ amount }) : m.selling_checkout_order_trial({ amount })
}
