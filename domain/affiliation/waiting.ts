import type { Cents } from '#domain/base/money.ts'
import { remainingParts, type CommissionState } from './maturation.ts'

/**
 * Why a part is not available yet. `locked`: its date has not come, or the next run of maturation frees it. All others wait without a date: `held` for
 * the owner's look at the sale, `disputed` for the bank, `blocked` for the affiliate's block to end, `release` for the owner's word at the highest
 * risk level.
 */
export const WAIT_REASONS = ['locked', 'held', 'disputed', 'blocked', 'release'] as const
export type WaitReason = (typeof WAIT_REASONS)[number]

export const COMMISSION_PARTS = ['main', 'extended'] as const
export type CommissionPart = (typeof COMMISSION_PARTS)[number]

export type WaitingPart = { readonly part: CommissionPart; readonly why: WaitReason; readonly cents: Cents; readonly until: Date }

/** What of the locked money an affiliate asks about: what a date frees, by its part, and what waits for somebody's decision. */
export const WAITING_KINDS = ['main', 'extended', 'undated'] as const
export type WaitingKind = (typeof WAITING_KINDS)[number]

/** The kind that a part, or both at once, waits in. */
export function kindOf({ part, why }: { readonly part: CommissionPart | 'all'; readonly why: WaitReason }): WaitingKind {
  return why === 'locked' && part !== 'all' ? part : 'undated'
}

/**
 * The parts of a commission that still lie in LOCKED at `now`, each with its one reason and the date frozen in its row: the one rule for the
 * affiliate's list and their home, where it runs as SQL. Amounts in cents.
 *
 * Runs as SQL too, `partsOf`; held equal by `api/affiliation/commission/locked-parts.test.ts`.
 */
export function waitingParts(state: CommissionState, now: Date): WaitingPart[] {
  const { main, extended } = remainingParts(state)
  const parts = [
    { part: 'main' as const, cents: main, isMatured: state.isMainMatured, until: state.lockedUntil },
    { part: 'extended' as const, cents: extended, isMatured: state.isExtendedMatured, until: state.extendedLockedUntil },
  ]
  return parts
    .filter(({ cents, isMatured }) => cents > 0 && !isMatured)
    .map(({ part, cents, until }) => ({ part, cents, until, why: reasonOf(state, part, now) }))
}

function reasonOf(state: CommissionState, part: CommissionPart, now: Date): WaitReason {
  if (state.isHeld) return 'held'
  if (state.isDisputed) return 'disputed'
  if (state.isAffiliateBlocked) return 'blocked'
  const asksOwner = part === 'extended' && state.needsRelease && state.releasedAt === null && state.extendedLockedUntil <= now
  return asksOwner ? 'release' : 'locked'
}
