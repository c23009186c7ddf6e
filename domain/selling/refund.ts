import { RATE_SCALE, cents, roundHalfUp, sumCents, times, type Cents } from '#domain/base/money.ts'
import type { Policy } from '#domain/base/policy.ts'
import { addDays } from '#domain/base/time.ts'
import { AppError } from '#domain/error.ts'
import type { RefundStatus } from './enums.ts'

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

/**
 * What people may still ask back of an invoice: its total less PENDING, APPROVED and PROCESSED refunds, never below 0. Chargebacks are not bound by
 * this, yet what they took is gone.
 *
 * @waitsFor refunds and disputes
 */
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
