import type { InvoiceKind, Platform } from '#domain/base/enums.ts'
import { RATE_SCALE, cents, floorDiv, minCents, times, type Cents } from '#domain/base/money.ts'
import { extendedPercent } from '#domain/base/policy.ts'
import type { PublicPolicy } from '#domain/base/public-policy.ts'
import { addDays } from '#domain/base/time.ts'
import type { RateType } from '#domain/catalogue/enums.ts'
import { sitePays } from '#domain/catalogue/program.ts'
import type { AppliedBoost } from './boost.ts'
import type { AffiliateRiskLevel, LockProfile } from './enums.ts'
import type { HoldReason } from './hold.ts'
import { accountAgeDays, lockDates, needsRelease, profileOf, type LockDates, type ProfileFacts } from './lock-policy.ts'

/** How an affiliate is paid, frozen on the attribution. `rate` in ten-thousandths: of the base for `percentage`, of a euro for `fixed`. */
export type CommissionTerms = { readonly rateType: RateType; readonly rate: number; readonly includeRenewals: boolean }

export type CommissionInput = {
  readonly invoice: { readonly kind: InvoiceKind; readonly amountExcludingTax: Cents }
  /** Kinds of the invoices that this client paid before in the same community, refunded ones included. */
  readonly earlierKinds: readonly InvoiceKind[]
  /** The terms of the client's live attribution for this product; null when nobody brought them. */
  readonly terms: CommissionTerms | null
  readonly program: { readonly isActive: boolean } | null
  /** Site of the product's community: guild products pay no commission unless the policy says so. */
  readonly platform: Platform
  readonly affiliate: ProfileFacts & { readonly isBlocked: boolean }
  readonly boost: AppliedBoost | null
  /** Why the owner must look first; empty for an ordinary sale. */
  readonly holdReasons: readonly HoldReason[]
}

export type CommissionSplit = { readonly mainPercent: number; readonly extendedPercent: number }

/** What a commission remembers of how it was computed; the keys are those that the owner's schema names in its comment. */
export type CommissionMetadata = {
  readonly riskLevel: AffiliateRiskLevel
  readonly accountAge: number
  readonly splitRatio: CommissionSplit
  readonly boosts: readonly AppliedBoost[]
  readonly rateType: RateType
  readonly rate: number
  readonly profile: LockProfile
  readonly policyVersion: number
  readonly needsRelease: boolean
}

export type CommissionDecision = LockDates & {
  readonly status: 'LOCKED' | 'PENDING_LOCK'
  readonly totalCents: Cents
  /** M: the main part. */
  readonly lockedAmount: Cents
  /** E: the extended part, what the main one leaves. */
  readonly extendedLockAmount: Cents
  readonly baseAmount: Cents
  /** In ten-thousandths, percentage points of a boost included. */
  readonly rateApplied: number
  readonly profile: LockProfile
  readonly policyVersion: number
  readonly split: CommissionSplit
  readonly boost: AppliedBoost | null
  readonly heldReasons: readonly HoldReason[]
  /** When an undecided hold is released by itself; null when nothing is held. */
  readonly decideBy: Date | null
  readonly earnedAt: Date
  readonly metadata: CommissionMetadata
}

/**
 * The commission of an invoice that becomes PAID at `earnedAt`, or null when none is due: nobody brought the client, the program or
 * the affiliate is stopped, the invoice is a renewal that the terms leave out, or the amount is 0. Held ones are earned with their dates set.
 */
export function decideCommission(input: CommissionInput, policy: PublicPolicy, earnedAt: Date): CommissionDecision | null {
  const { terms, boost, affiliate } = input
  if (terms === null || !isCommissionable(input, terms, policy)) return null
  const base = input.invoice.amountExcludingTax
  const totalCents = commissionTotal(terms, base, boost)
  if (totalCents <= 0) return null
  const profile = profileOf(affiliate, policy, earnedAt)
  const { lockedAmount, extendedLockAmount, split } = splitTotal(totalCents, profile, policy)
  const isHeld = input.holdReasons.length > 0
  return {
    ...lockDates(profile, policy, earnedAt),
    status: isHeld ? 'PENDING_LOCK' : 'LOCKED',
    totalCents,
    lockedAmount,
    extendedLockAmount,
    baseAmount: base,
    rateApplied: terms.rateType === 'percentage' ? terms.rate + floorDiv(pointsOf(boost), 100) : terms.rate,
    profile,
    policyVersion: policy.version,
    split,
    boost,
    heldReasons: input.holdReasons,
    decideBy: isHeld ? addDays(earnedAt, policy.hold.decideWithinDays) : null,
    earnedAt,
    metadata: {
      riskLevel: affiliate.riskLevel,
      accountAge: accountAgeDays(affiliate.firstCommissionAt, earnedAt),
      splitRatio: split,
      boosts: boost === null ? [] : [boost],
      rateType: terms.rateType,
      rate: terms.rate,
      profile,
      policyVersion: policy.version,
      needsRelease: needsRelease(profile),
    },
  }
}

/**
 * percentage: min(base, floor(base × (rate + points)) + flat); fixed: min(base, rate + floor(base × points) + flat). Everything in cents,
 * computed exactly; a fixed rate and a flat bonus floor to cents. Throws RangeError when a rate or the base is negative.
 */
export function commissionTotal(terms: Pick<CommissionTerms, 'rateType' | 'rate'>, base: Cents, boost: AppliedBoost | null): Cents {
  if (base < 0 || terms.rate < 0 || (boost?.boostValue ?? 0) < 0) throw new RangeError('a commission has no negative part')
  const flat = boost?.boostType === 'flat_bonus' ? eurosToCents(boost.boostValue) : 0
  const points = pointsOf(boost)
  if (terms.rateType === 'fixed') return minCents(base, eurosToCents(terms.rate) + share(base, points) + flat)
  // A point is a hundredth of the rate's unit, so both are added on the finer scale and floored once.
  return minCents(base, share(base, terms.rate * 100 + points) + flat)
}

/** M = floor(total × main %), E = total − M, so that the parts always sum. */
export function splitTotal(total: Cents, profile: LockProfile, policy: Pick<PublicPolicy, 'lock'>) {
  const row = policy.lock[profile]
  const lockedAmount = cents(floorDiv(times(total, row.mainPercent), 100))
  const split: CommissionSplit = { mainPercent: row.mainPercent, extendedPercent: extendedPercent(row) }
  return { lockedAmount, extendedLockAmount: cents(total - lockedAmount), split }
}

function isCommissionable(input: CommissionInput, terms: CommissionTerms, policy: PublicPolicy): boolean {
  if (input.program?.isActive !== true || input.affiliate.isBlocked) return false
  if (!sitePays(input.platform, policy)) return false
  return terms.includeRenewals || isClientsBeginning(input.invoice.kind, input.earlierKinds)
}

/** The client's trial or set-up invoice, or their first full-price one in that community. */
export function isClientsBeginning(kind: InvoiceKind, earlierKinds: readonly InvoiceKind[]): boolean {
  if (kind === 'TRIAL') return true
  return kind !== 'UPGRADE' && !earlierKinds.some((earlier) => earlier === 'FIRST' || earlier === 'RENEWAL')
}

function pointsOf(boost: AppliedBoost | null): number {
  return boost?.boostType === 'percentage_increase' ? boost.boostValue : 0
}

/** floor(base × rate), `rate` in millionths: a ten-thousandth of a percentage point. */
function share(base: Cents, rate: number): number {
  return floorDiv(times(base, rate), RATE_SCALE * 100)
}

/** Euros in ten-thousandths, floored to cents. */
function eurosToCents(value: number): number {
  return floorDiv(value, RATE_SCALE / 100)
}
