import { HOLD_REASONS, holdText } from '#domain/affiliation/hold.ts'
import { needsRelease } from '#domain/affiliation/lock-policy.ts'
import type { CommissionState } from '#domain/affiliation/maturation.ts'
import { waitingParts, type CommissionPart, type WaitReason } from '#domain/affiliation/waiting.ts'
import type { Locale } from '#domain/base/enums.ts'
import { cents } from '#domain/base/money.ts'
import type { CommissionRow } from './rows.ts'

/** Why a part is not available yet. `until` is null when no date decides. */
export interface Wait {
  part: CommissionPart | 'all'
  why: WaitReason
  cents: number
  until: Date | null
}

export function viewCommission(commission: CommissionRow, locale: Locale, now: Date) {
  const { heldReasons, isBlocked: _isBlocked, maturesAt, ...row } = commission
  const isHeld = row.status === 'PENDING_LOCK'
  return {
    ...row,
    /** The date of the extended part: the one that its release, the home and the ledger go by. */
    extendedLockedUntil: row.extendedLockedUntil ?? maturesAt,
    keptCents: row.totalCents - row.clawedBackCents,
    waits: waitsOf(commission, now),
    /** Shown only while somebody looks at it: afterwards the decision stands in the history. */
    heldBecause: isHeld
      ? HOLD_REASONS.filter((reason) => heldReasons.includes(reason)).map((reason) => holdText(reason, 'affiliate', locale))
      : [],
  }
}

function waitsOf(row: CommissionRow, now: Date): Wait[] {
  const parts = waitingParts(stateOf(row), now)
  const [first] = parts
  if (!first) return []
  // What holds a commission up as a whole is said once, of both its parts.
  const { why } = first
  if (why === 'held' || why === 'disputed' || why === 'blocked') {
    const all = parts.reduce((sum, part) => sum + part.cents, 0)
    return [{ part: 'all', why, cents: all, until: why === 'held' ? row.decideBy : null }]
  }
  return parts.map((part) => ({ ...part, until: part.why === 'locked' ? part.until : null }))
}

function stateOf(row: CommissionRow): CommissionState {
  return {
    lockedAmount: cents(row.mainCents),
    extendedLockAmount: cents(row.extendedCents),
    lockedUntil: row.lockedUntil,
    extendedLockedUntil: row.extendedLockedUntil ?? row.maturesAt,
    clawedBack: cents(row.clawedBackCents),
    isMainMatured: row.mainMaturedAt !== null,
    isExtendedMatured: row.extendedMaturedAt !== null,
    isHeld: row.status === 'PENDING_LOCK',
    isDisputed: row.disputedAt !== null,
    isAffiliateBlocked: row.isBlocked,
    needsRelease: needsRelease(row.profile),
    releasedAt: row.releasedAt,
  }
}
