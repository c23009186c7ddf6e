import { type CommissionState, type Parts, remainingParts } from '#domain/affiliation/maturation.ts'
import { RATE_SCALE, cents, floorDiv, roundHalfUp, sumCents, times, type Cents } from '#domain/base/money.ts'
import type { Policy } from '#domain/base/policy.ts'
import { addDays } from '#domain/base/time.ts'
import { AppError } from '#domain/error.ts'
import type { RefundStatus } from './enums.ts'

export type ClawbackFacts = {
  readonly totalCents: Cents
  /** The invoice's tax-included total. */
  readonly invoiceTotalCents: Cents
  /** PROCESSED refunds, lost disputes among them. */
  readonly refundedCents: Cents
  /** Disputes won after they had been lost. */
  readonly wonBackCents: Cents
  readonly isHoldRejected: boolean
}

/** How much of a commission should be clawed back: all of it once its hold was rejected, else the refunded share of the invoice, floored. */
export function clawbackTarget(facts: ClawbackFacts): Cents {
  const { totalCents, invoiceTotalCents } = facts
  if (facts.isHoldRejected) return totalCents
  if (invoiceTotalCents <= 0) return cents(0)
  const lost = Math.max(0, Math.min(facts.refundedCents - facts.wonBackCents, invoiceTotalCents))
  return cents(floorDiv(times(totalCents, lost), invoiceTotalCents))
}

export type Clawback = {
  /** Positive claws back, negative reinstates, 0 posts nothing. */
  readonly change: Cents
  /** What the unmatured parts lose (or get back), extended first (main first). */
  readonly locked: Cents
  /** What is claimed from money that has matured: AVAILABLE, then DEBT. 0 when reinstating. */
  readonly matured: Cents
  /** Reinstated into each part, main first. What belongs to a part that had matured already matures again in the same transaction. */
  readonly restored: Parts
  /** The new k. */
  readonly clawedBack: Cents
}

const NOTHING: Parts = { main: cents(0), extended: cents(0) }

/**
 * From k to its target. Clawing back takes the remaining extended part, then the main one, as far as they are not matured, and the
 * rest from matured money. Reinstating puts everything back into LOCKED, from where parts whose date has passed mature again.
 *
 * @waitsFor refunds and disputes
 */
export function clawbackTo(target: Cents, state: CommissionState): Clawback {
  const change = cents(target - state.clawedBack)
  const { main, extended } = remainingParts(state)
  if (change <= 0) {
    const after = remainingParts({ ...state, clawedBack: target })
    const restored = { main: cents(after.main - main), extended: cents(after.extended - extended) }
    return { change, locked: change, matured: cents(0), restored, clawedBack: target }
  }
  const fromExtended = Math.min(change, extended)
  const fromMain = change - fromExtended
  const locked = cents((state.isExtendedMatured ? 0 : fromExtended) + (state.isMainMatured ? 0 : Math.min(fromMain, main)))
  return { change, locked, matured: cents(change - locked), restored: NOTHING, clawedBack: target }
}

/**
 * The tax-exclusive part of a credit note: round_half_up on the cumulative refund, minus what was already credited, so that all notes sum to the invoice's.
 *
 * @waitsFor refunds and disputes
 */
export function creditNoteExcl(refundedBefore: Cents, amount: Cents, taxRateBps: number): Cents {
  const exclOf = (incl: number) => roundHalfUp(times(incl, RATE_SCALE), RATE_SCALE + taxRateBps)
  return cents(exclOf(refundedBefore + amount) - exclOf(refundedBefore))
}

export type RefundRow = { readonly amount: Cents; readonly status: RefundStatus; readonly isChargeback: boolean }

/** What people may still ask back of an invoice: its total less PENDING, APPROVED and PROCESSED refunds, never below 0. Chargebacks are not bound by this, yet what they took is gone. */
export function refundable(invoiceTotalCents: Cents, refunds: readonly RefundRow[]): Cents {
  const taken = sumCents(refunds.filter(({ status }) => status !== 'REJECTED').map(({ amount }) => amount))
  return cents(Math.max(0, invoiceTotalCents - taken))
}

/**
 * Throws AppError `invalid_input` for no amount, `refund_open` while another request waits, `refund_exceeds_invoice` beyond what is left.
 *
 * @waitsFor refunds and disputes
 */
export function assertRefundable(amount: Cents, invoiceTotalCents: Cents, refunds: readonly RefundRow[]): void {
  if (amount <= 0) throw new AppError('invalid_input')
  if (refunds.some(({ status, isChargeback }) => status === 'PENDING' && !isChargeback)) throw new AppError('refund_open')
  if (amount > refundable(invoiceTotalCents, refunds)) throw new AppError('refund_exceeds_invoice')
}

export type CoolingOff = { readonly isOpen: boolean; readonly until: Date }

/**
 * The consumer's right to withdraw from a first purchase, 14 days from `paidAt` (both ends included) unless a recorded waiver excludes it.
 *
 * @waitsFor refunds and disputes
 */
export function coolingOff(
  invoice: { readonly paidAt: Date; readonly isFirstPurchase: boolean; readonly isWaived: boolean },
  policy: Policy,
  now: Date,
): CoolingOff {
  const until = addDays(invoice.paidAt, policy.refund.coolingOffDays)
  return { isOpen: invoice.isFirstPurchase && !invoice.isWaived && now <= until, until }
}
