import type { CustomerStatus, InvoiceKind, PlanInterval } from '#domain/base/enums.ts'
import { CURRENCY, cents, roundHalfUp, sumCents, taxOf, times, type Cents } from '#domain/base/money.ts'
import { anchorDayOf, isRecurring, periodEndOf } from '#domain/base/period.ts'
import type { Policy } from '#domain/base/policy.ts'
import { vatBps } from '#domain/base/vat.ts'
import { addDays } from '#domain/base/time.ts'
import { AppError } from '#domain/error.ts'
import type { ButtonPaymentType } from './enums.ts'

/** The columns of a plan that its price depends on. Amounts in cents, tax included. */
export type PlanTerms = {
  readonly priceAmount: number
  readonly currency: string
  readonly billingInterval: PlanInterval
  /** Null or 0: no trial. */
  readonly trialDays: number | null
  readonly trialAmount: number | null
  readonly setupFee: number | null
  /** Number of full-price charges after which it ends; null for no end. */
  readonly maxBillingCycles: number | null
}

export type Buyer = {
  /** ISO 3166-1 code of the billing country, as the buyer stated it. */
  readonly country: string
  readonly policy: Policy
  readonly now: Date
  /** They had this product before and it is EXPIRED: neither trial nor set-up fee again. */
  readonly returning: boolean
  /** This person or card already had a trial of this product. */
  readonly trialUsed: boolean
}

export type SummaryLine = { readonly kind: 'TRIAL' | 'SETUP_FEE' | 'PRICE'; readonly amountCents: Cents }

/** The next charge; `interval` says how often it repeats, ONE_TIME and LIFETIME meaning once. */
export type Renewal = { readonly amountCents: Cents; readonly at: Date; readonly interval: PlanInterval }

export type OrderSummary = {
  readonly kind: Extract<InvoiceKind, 'TRIAL' | 'FIRST'>
  readonly lines: readonly SummaryLine[]
  readonly dueTodayCents: Cents
  readonly exclCents: Cents
  readonly taxCents: Cents
  readonly taxRateBps: number
  readonly country: string
  readonly currency: string
  readonly trialEndsAt: Date | null
  /** End of what is paid today; null when it never ends. */
  readonly periodEnd: Date | null
  /** Day of the month of the full-price charges, in UTC; null when nothing renews. */
  readonly billingAnchorDay: number | null
  readonly renewal: Renewal | null
  /** Something is charged today. */
  readonly needsPayment: boolean
  /** A card must be known, to be charged today or authenticated for later. */
  readonly needsCard: boolean
}

/**
 * What an order of this plan costs today, contains and leads to: a trial (its price and the set-up fee now, the full price when it ends) or
 * the first period (set-up fee and price on one invoice). The tax is extracted at the rate of the buyer's country.
 */
export function orderSummary(plan: PlanTerms, buyer: Buyer): OrderSummary {
  const { policy, now, country } = buyer
  const trialEndsAt = trialEndOf(plan, buyer)
  const lines = linesOf(plan, trialEndsAt !== null, buyer.returning)
  const dueTodayCents = sumCents(lines.map(({ amountCents }) => amountCents))
  const taxRateBps = vatBps(policy, country)
  const { excl, tax } = taxOf(dueTodayCents, taxRateBps)
  const billingAnchorDay = isRecurring(plan.billingInterval) ? anchorDayOf(trialEndsAt ?? now) : null
  const periodEnd = trialEndsAt ?? (billingAnchorDay === null ? null : periodEndOf(plan.billingInterval, now, billingAnchorDay))
  const renewal = renewalOf(plan, trialEndsAt !== null, periodEnd)
  return {
    kind: trialEndsAt === null ? 'FIRST' : 'TRIAL',
    lines,
    dueTodayCents,
    exclCents: excl,
    taxCents: tax,
    taxRateBps,
    country,
    currency: plan.currency,
    trialEndsAt,
    periodEnd,
    billingAnchorDay,
    renewal,
    needsPayment: dueTodayCents > 0,
    needsCard: dueTodayCents > 0 || renewal !== null,
  }
}

/**
 * A free product: no plan, no card, nothing due, ever; an e-mail is enough.
 *
 * @waitsFor the catalogue editor
 */
export function freeOrder({ country, policy }: Pick<Buyer, 'country' | 'policy'>): OrderSummary {
  return {
    kind: 'FIRST',
    lines: [],
    dueTodayCents: cents(0),
    exclCents: cents(0),
    taxCents: cents(0),
    taxRateBps: vatBps(policy, country),
    country,
    currency: CURRENCY,
    trialEndsAt: null,
    periodEnd: null,
    billingAnchorDay: null,
    renewal: null,
    needsPayment: false,
    needsCard: false,
  }
}

/** When this buyer's trial ends; null when they get none. */
function trialEndOf(plan: PlanTerms, { now, returning, trialUsed }: Buyer): Date | null {
  return plan.trialDays !== null && plan.trialDays > 0 && !returning && !trialUsed ? addDays(now, plan.trialDays) : null
}

function linesOf(plan: PlanTerms, isTrial: boolean, returning: boolean): SummaryLine[] {
  const main: SummaryLine = isTrial
    ? { kind: 'TRIAL', amountCents: cents(plan.trialAmount ?? 0) }
    : { kind: 'PRICE', amountCents: cents(plan.priceAmount) }
  const fee = returning ? 0 : (plan.setupFee ?? 0)
  return fee > 0 ? [main, { kind: 'SETUP_FEE', amountCents: cents(fee) }] : [main]
}

function renewalOf(plan: PlanTerms, isTrial: boolean, at: Date | null): Renewal | null {
  const paidToday = isTrial ? 0 : 1
  const isLast = plan.maxBillingCycles !== null && paidToday >= plan.maxBillingCycles
  if (at === null || isLast || plan.priceAmount === 0) return null
  return { amountCents: cents(plan.priceAmount), at, interval: plan.billingInterval }
}

/**
 * Whether a button's payment type fits the plan it sells: "subscription" for what renews, "one-time" for the rest.
 *
 * @waitsFor the catalogue editor
 */
export function buttonFits(interval: PlanInterval, paymentType: ButtonPaymentType): boolean {
  return paymentType === (isRecurring(interval) ? 'subscription' : 'one-time')
}

export type Offer = {
  readonly product: {
    readonly isActive: boolean
    readonly isPublished: boolean
    readonly publishedAt: Date | null
    readonly requiresTrial: boolean
  }
  readonly plan: Pick<PlanTerms, 'trialDays'> & { readonly isActive: boolean }
  readonly button: { readonly isActive: boolean }
  readonly isCommunityActive: boolean
}

/**
 * Whether a product is out at `now`: a publication can be scheduled.
 * Lists ask it of many at once: `publishedAt` in `db/published.ts`, held equal by `api/catalogue/product/published.test.ts`.
 */
export function isPublishedAt({ isPublished, publishedAt }: Pick<Offer['product'], 'isPublished' | 'publishedAt'>, now: Date): boolean {
  return isPublished && (publishedAt === null || publishedAt <= now)
}

/** Whether an offer is on sale at `now`. Throws AppError `sales_paused`, `button_inactive` or `product_unavailable`. */
export function assertOnSale({ product, plan, button, isCommunityActive }: Offer, policy: Policy, now: Date): void {
  if (!policy.switches.sales) throw new AppError('sales_paused')
  if (!button.isActive) throw new AppError('button_inactive')
  if (!product.isActive || !isPublishedAt(product, now) || !plan.isActive || !isCommunityActive) throw new AppError('product_unavailable')
}

/** A product that begins with a trial sells its other plans to those alone who have had it before. */
export function isForReturning({
  product,
  plan,
}: {
  product: Pick<Offer['product'], 'requiresTrial'>
  plan: Pick<PlanTerms, 'trialDays'>
}): boolean {
  return product.requiresTrial && !(plan.trialDays !== null && plan.trialDays > 0)
}

/** What somebody had of the product so far; null: nothing. Throws AppError `plan_needs_trial`. */
export function assertMayBegin(
  offer: Parameters<typeof isForReturning>[0],
  had: { readonly status: CustomerStatus | null; readonly trialUsedAt: Date | null } | null,
): void {
  const before = had !== null && (had.status === 'EXPIRED' || had.trialUsedAt !== null)
  if (isForReturning(offer) && !before) throw new AppError('plan_needs_trial')
}

/**
 * What changing to a dearer plan of the same interval costs now: round_half_up((new − old) × remaining / period), in seconds. 0 for a cheaper one.
 *
 * @waitsFor renewals and card changes
 */
export function upgradeCharge(oldPrice: Cents, newPrice: Cents, period: { readonly start: Date; readonly end: Date }, now: Date): Cents {
  const whole = seconds(period.start, period.end)
  const remaining = Math.min(whole, seconds(now, period.end))
  if (newPrice <= oldPrice || whole === 0) return cents(0)
  return cents(roundHalfUp(times(newPrice - oldPrice, remaining), whole))
}

function seconds(from: Date, to: Date): number {
  return Math.max(0, Math.floor((to.getTime() - from.getTime()) / 1000))
}
