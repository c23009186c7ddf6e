import * as z from 'zod/mini'
import { emailAddress } from '#domain/base/email-address.ts'
import { CUSTOMER_STATUSES, hasAccess, type CustomerStatus } from '#domain/base/enums.ts'
import { AppError } from '#domain/error.ts'
import type { CheckoutState, PaymentAttemptStatus } from './enums.ts'

/** After ordering, the browser that ordered may be let in for so long by its checkout cookie, which lives no longer. */
export const ENTER_HOURS = 24

/** What a buyer sends at each step. */
export const StartCheckout = z.object({
  buttonKey: z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{1,99}$/)),
  /** Absent when somebody is signed in: their own address is used. */
  email: z.optional(emailAddress),
  country: z.string().check(z.regex(/^[A-Z]{2}$/)),
  /** The click token that `pay.js` carried from the landing page. A wrong one is ignored, never refused. */
  ck: z.optional(z.string().check(z.maxLength(2000))),
})

export const ProveEmail = z.object({ code: z.string().check(z.regex(/^\d{6}$/)) })

export const PlaceOrder = z.object({
  /** What the page restated; an order for another amount or other terms is refused, so that nobody agrees to what they did not see. */
  amountCents: z.int().check(z.minimum(0), z.maximum(100_000_000)),
  termsVersion: z.string().check(z.minLength(1), z.maxLength(40)),
  /** The buyer states that they are of age (18). */
  ageConfirmed: z.literal(true),
  /** The buyer asks that access begins at once, within the withdrawal period (article L221-25 of the French Consumer Code). */
  immediateStart: z.literal(true),
})

/**
 * The screens of the checkout, in order. BANK, PAYING and UNCERTAIN wait for somebody else; DECLINED offers another try; GIVE_BACK tells of money
 * that came although this order was already paid or closed.
 */
export const CHECKOUT_STEPS = [
  'IDENTIFY',
  'CARD',
  'REVIEW',
  'PAYING',
  'BANK',
  'UNCERTAIN',
  'DECLINED',
  'PAID',
  'EXPIRED',
  'GIVE_BACK',
] as const
export type CheckoutStep = (typeof CHECKOUT_STEPS)[number]

export interface CheckoutFacts {
  state: CheckoutState
  expiresAt: Date
  hasCard: boolean
  /** When the card that stands in the session began to be captured. */
  cardCapturedAt: Date | null
  /** The newest attempt at paying, or null before the first. */
  attempt: { status: PaymentAttemptStatus; createdAt: Date } | null
  /** Whether any attempt took money that buys nothing. */
  hasAstray: boolean
}

/** Which screen a checkout shows. An attempt under way outranks expiry: money that may have moved is never called expired. */
export function checkoutStep(facts: CheckoutFacts, now: Date): CheckoutStep {
  const { attempt } = facts
  // A payment closes an order that it cannot pay in the moment in which it arrives.
  if (facts.hasAstray || (facts.state === 'EXPIRED' && attempt?.status === 'SUCCEEDED')) return 'GIVE_BACK'
  if (facts.state === 'PAID' || attempt?.status === 'SUCCEEDED') return 'PAID'
  if (attempt?.status === 'REQUIRES_ACTION') return 'BANK'
  if (attempt?.status === 'UNKNOWN') return 'UNCERTAIN'
  if (attempt?.status === 'CREATED' || attempt?.status === 'SENT') return 'PAYING'
  if (facts.state === 'EXPIRED' || facts.expiresAt.getTime() <= now.getTime()) return 'EXPIRED'
  if (facts.state === 'IDENTIFY') return 'IDENTIFY'
  if (!facts.hasCard) return 'CARD'
  const newCard = facts.cardCapturedAt !== null && attempt !== null && facts.cardCapturedAt.getTime() > attempt.createdAt.getTime()
  return attempt?.status === 'DECLINED' && !newCard ? 'DECLINED' : 'REVIEW'
}

/** Whether a new address is one of those that are asked for a code too: by a hash of it (hex), so evenly, and for `oneIn` 0 never. */
export function asksInPassing(hash: string, oneIn: number): boolean {
  return oneIn > 0 && Number.parseInt(hash.slice(0, 8), 16) % oneIn === 0
}

/** Whether a product can be bought: it never was, or what was bought gives no access any more. */
export const mayBuy = (status: CustomerStatus | null): boolean => status === null || !hasAccess(status)

/** The same as a list, for the statements that ask it in the moment of writing. */
export const BUYABLE_STATUSES: readonly CustomerStatus[] = CUSTOMER_STATUSES.filter(mayBuy)

/** Whether a card can be typed now: before the first order, or after a refusal. Throws the step's own refusal otherwise. */
export function assertCardStep(step: CheckoutStep): void {
  if (step === 'CARD' || step === 'REVIEW' || step === 'DECLINED') return
  throw refusalOf(step)
}

export interface OrderFacts {
  step: CheckoutStep
  customerStatus: CustomerStatus | null
  dueTodayCents: number
  termsVersion: string
  salesOpen: boolean
}

/**
 * Whether the order button may charge. Throws `checkout_expired`, `email_not_proven`, `card_missing`, `payment_in_progress`, `already_owned`,
 * `sales_paused`, `terms_outdated` or `order_changed`.
 */
export function assertOrder(facts: OrderFacts, order: z.infer<typeof PlaceOrder>): void {
  if (facts.step !== 'REVIEW' && facts.step !== 'DECLINED') throw refusalOf(facts.step)
  if (!mayBuy(facts.customerStatus)) throw new AppError('already_owned')
  if (!facts.salesOpen) throw new AppError('sales_paused')
  if (order.termsVersion !== facts.termsVersion) throw new AppError('terms_outdated')
  if (order.amountCents !== facts.dueTodayCents) throw new AppError('order_changed')
}

function refusalOf(step: CheckoutStep): AppError {
  switch (step) {
    case 'EXPIRED':
      return new AppError('checkout_expired')
    case 'IDENTIFY':
      return new AppError('email_not_proven')
    case 'CARD':
      return new AppError('card_missing')
    case 'PAYING':
    case 'BANK':
      return new AppError('payment_in_progress')
    case 'UNCERTAIN':
      return new AppError('payment_unknown')
    case 'PAID':
      return new AppError('already_owned')
    case 'REVIEW':
    case 'DECLINED':
    case 'GIVE_BACK':
      return new AppError('checkout_out_of_step')
  }
}
