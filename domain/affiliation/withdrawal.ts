import { cents, floorDiv, times, type Cents } from '#domain/base/money.ts'
import type { Policy } from '#domain/base/policy.ts'
import { addDays } from '#domain/base/time.ts'
import { AppError } from '#domain/error.ts'
import type { WithdrawalStatus } from './enums.ts'

/**
 * Fixed by the owner's document, not by the policy.
 *
 * @waitsFor withdrawals
 */
export const WITHDRAWAL_FEE_PERCENT = 3

export type WithdrawalPreview = { readonly gross: Cents; readonly fee: Cents; readonly net: Cents }

/**
 * fee = floor(gross × 3 / 100), net = gross − fee. Throws RangeError for a negative amount.
 *
 * @waitsFor withdrawals
 */
export function previewWithdrawal(gross: Cents): WithdrawalPreview {
  if (gross < 0) throw new RangeError(`no amount to withdraw: ${gross}`)
  const fee = cents(floorDiv(times(gross, WITHDRAWAL_FEE_PERCENT), 100))
  return { gross, fee, net: cents(gross - fee) }
}

export type WithdrawalFacts = {
  readonly available: Cents
  /** The DEBT account: 0 or below. */
  readonly debt: Cents
  readonly isBlocked: boolean
  readonly hasOpenRequest: boolean
  readonly hasIdentity: boolean
  /** When the payout method was last changed; null when there is none. */
  readonly methodChangedAt: Date | null
  /** The owner's minimum for this affiliate; null for the policy's. */
  readonly minimumOverride: Cents | null
}

/**
 * What may stop a withdrawal, in the order in which an affiliate should settle it.
 *
 * @waitsFor withdrawals
 */
export const WITHDRAWAL_REFUSALS = [
  'payouts_paused',
  'affiliate_blocked',
  'debt_open',
  'withdrawal_open',
  'payout_identity_missing',
  'payout_method_missing',
  'payout_method_too_recent',
  'withdrawal_below_minimum',
  'withdrawal_above_available',
] as const
export type WithdrawalRefusal = (typeof WITHDRAWAL_REFUSALS)[number]

/** @waitsFor withdrawals */
export function minimumOf(facts: Pick<WithdrawalFacts, 'minimumOverride'>, policy: Policy): Cents {
  return facts.minimumOverride ?? cents(policy.withdrawal.minimumCents)
}

/**
 * When the payout method has been unchanged for long enough; null without one.
 *
 * @waitsFor withdrawals
 */
export function methodUsableAt(methodChangedAt: Date | null, policy: Policy): Date | null {
  return methodChangedAt === null ? null : addDays(methodChangedAt, policy.withdrawal.payoutMethodDays)
}

/**
 * The first thing that stops a withdrawal of `gross` now, or null. The page asks the same to say it before the button is pressed.
 *
 * @waitsFor withdrawals
 */
export function withdrawalRefusal(facts: WithdrawalFacts, gross: Cents, policy: Policy, now: Date): WithdrawalRefusal | null {
  const usableAt = methodUsableAt(facts.methodChangedAt, policy)
  const applies: Record<WithdrawalRefusal, boolean> = {
    payouts_paused: !policy.switches.payouts,
    affiliate_blocked: facts.isBlocked,
    debt_open: facts.debt < 0,
    withdrawal_open: facts.hasOpenRequest,
    payout_identity_missing: !facts.hasIdentity,
    payout_method_missing: usableAt === null,
    payout_method_too_recent: usableAt !== null && now < usableAt,
    withdrawal_below_minimum: gross < minimumOf(facts, policy),
    withdrawal_above_available: gross > facts.available,
  }
  return WITHDRAWAL_REFUSALS.find((refusal) => applies[refusal]) ?? null
}

export type WithdrawalDecision = WithdrawalPreview & { readonly minimumCents: Cents }

/**
 * A request for `gross`, with its fee and the minimum frozen. Throws AppError with the first refusal.
 *
 * @waitsFor withdrawals
 */
export function decideWithdrawal(facts: WithdrawalFacts, gross: Cents, policy: Policy, now: Date): WithdrawalDecision {
  const refusal = withdrawalRefusal(facts, gross, policy, now)
  if (refusal !== null) throw new AppError(refusal)
  return { ...previewWithdrawal(gross), minimumCents: minimumOf(facts, policy) }
}

export type WithdrawalStep = 'approve' | 'export' | 'pay' | 'reject' | 'cancel' | 'return'

/**
 * Where a step leads a request. Approving and exporting are refused while the affiliate has a debt; what was exported can only be paid or
 * returned; the affiliate cancels while it waits for review only. Throws AppError `debt_open` or `withdrawal_out_of_step`.
 *
 * @waitsFor withdrawals
 */
export function decideWithdrawalStep(
  request: { readonly status: WithdrawalStatus; readonly isExported: boolean },
  step: WithdrawalStep,
  debt: Cents,
): { readonly status: WithdrawalStatus; readonly isExported: boolean } {
  const { status, isExported } = request
  const isPending = status === 'PENDING_REVIEW'
  const isApproved = status === 'APPROVED'
  if ((step === 'approve' || step === 'export') && debt < 0) throw new AppError('debt_open')
  if (step === 'approve' && isPending) return { status: 'APPROVED', isExported: false }
  if (step === 'export' && isApproved && !isExported) return { status, isExported: true }
  if (step === 'pay' && isApproved && isExported) return { status: 'PAID', isExported }
  if (step === 'reject' && (isPending || (isApproved && !isExported))) return { status: 'REJECTED', isExported }
  if (step === 'cancel' && isPending) return { status: 'CANCELLED', isExported }
  if (step === 'return' && status === 'PAID') return { status: 'RETURNED', isExported }
  throw new AppError('withdrawal_out_of_step')
}
