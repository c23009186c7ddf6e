import { cents, type Cents } from '#domain/base/money.ts'
import type { AffiliateCommissionStatus } from './enums.ts'

/** A commission as its row freezes it, and how far it has come. Amounts in cents. */
export type CommissionState = {
  readonly lockedAmount: Cents
  readonly extendedLockAmount: Cents
  readonly lockedUntil: Date
  readonly extendedLockedUntil: Date
  /** k: clawed back − reinstated, between 0 and the total. */
  readonly clawedBack: Cents
  readonly isMainMatured: boolean
  readonly isExtendedMatured: boolean
  /** Held for the owner's decision: PENDING_LOCK. */
  readonly isHeld: boolean
  /** A dispute on its invoice is open. */
  readonly isDisputed: boolean
  readonly isAffiliateBlocked: boolean
  /** EXTREME_RISK: the extended part waits for the owner's release too. */
  readonly needsRelease: boolean
  readonly releasedAt: Date | null
}

type Amounts = Pick<CommissionState, 'lockedAmount' | 'extendedLockAmount' | 'clawedBack'>

export type Parts = { readonly main: Cents; readonly extended: Cents }

/** What a clawback of k leaves of each part: the extended one pays first. main = M − max(0, k − E), extended = max(0, E − k). */
export function remainingParts({ lockedAmount, extendedLockAmount, clawedBack }: Amounts): Parts {
  return {
    main: cents(lockedAmount - Math.max(0, clawedBack - extendedLockAmount)),
    extended: cents(Math.max(0, extendedLockAmount - clawedBack)),
  }
}

/** What of a commission still lies in LOCKED. */
export function stillLocked(state: Amounts & Pick<CommissionState, 'isMainMatured' | 'isExtendedMatured'>): Cents {
  const { main, extended } = remainingParts(state)
  return cents((state.isMainMatured ? 0 : main) + (state.isExtendedMatured ? 0 : extended))
}

export type DueParts = { readonly main: Cents | null; readonly extended: Cents | null }

/**
 * Which parts mature at `now` and with how much; null for a part that does not. A part with nothing left matures with 0, which writes no
 * ledger row. Nothing matures while held, disputed or blocked; dates are compared, never "today", so a late run does the same.
 *
 * @runsAsSql due_parts (db/ledger/maturation.test.ts)
 */
export function dueParts(state: CommissionState, now: Date): DueParts {
  if (state.isHeld || state.isDisputed || state.isAffiliateBlocked) return { main: null, extended: null }
  const { main, extended } = remainingParts(state)
  const isMainDue = !state.isMainMatured && state.lockedUntil <= now
  const isReleased = !state.needsRelease || state.releasedAt !== null
  const isExtendedDue = !state.isExtendedMatured && isReleased && state.extendedLockedUntil <= now
  return { main: isMainDue ? main : null, extended: isExtendedDue ? extended : null }
}

/**
 * The status that a commission's amounts and flags add up to. `openCents` is what of its matured money is unspent or reserved for a
 * withdrawal; at 0, with nothing locked, the commission is PAID.
 *
 * @runsAsSql commission_status (db/ledger/maturation.test.ts)
 */
export function statusOf(
  state: Amounts & Pick<CommissionState, 'isMainMatured' | 'isExtendedMatured' | 'isHeld'>,
  openCents: Cents,
): AffiliateCommissionStatus {
  const total = state.lockedAmount + state.extendedLockAmount
  if (state.clawedBack >= total) return 'CLAWED_BACK'
  if (state.isHeld) return 'PENDING_LOCK'
  if (stillLocked(state) > 0) return state.isMainMatured ? 'PARTIALLY_MATURED' : 'LOCKED'
  return openCents > 0 ? 'MATURED' : 'PAID'
}
