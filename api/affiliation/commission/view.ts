import { HOLD_REASONS, holdText } from '#domain/affiliation/hold.ts'
import { needsRelease } from '#domain/affiliation/lock-policy.ts'
import { remainingParts } from '#domain/affiliation/maturation.ts'
import type { Locale } from '#domain/base/enums.ts'
import { cents } from '#domain/base/money.ts'
import type { CommissionRow } from './rows.ts'

/** Why a part is not available yet. `until` is null when no date decides. */
export interface Wait {
  part: 'main' | 'extended' | 'all'
  why: 'locked' | 'held' | 'disputed' | 'release'
  cents: number
  until: Date | null
}

export function viewCommission({ heldReasons, ...row }: CommissionRow, locale: Locale, now: Date) {
  const isHeld = row.status === 'PENDING_LOCK'
  return {
    ...row,
    keptCents: row.totalCents - row.clawedBackCents,
    waits: waitsOf(row, now),
    /** Shown only while somebody looks at it: afterwards the decision stands in the history. */
    heldBecause: isHeld
      ? HOLD_REASONS.filter((reason) => heldReasons.includes(reason)).map((reason) => holdText(reason, 'affiliate', locale))
      : [],
  }
}

function waitsOf(row: Omit<CommissionRow, 'heldReasons'>, now: Date): Wait[] {
  const left = remainingParts({
    lockedAmount: cents(row.mainCents),
    extendedLockAmount: cents(row.extendedCents),
    clawedBack: cents(row.clawedBackCents),
  })
  const main = row.mainMaturedAt ? 0 : left.main
  const extended = row.extendedMaturedAt ? 0 : left.extended
  const all = main + extended
  if (all === 0) return []
  if (row.status === 'PENDING_LOCK') return [{ part: 'all', why: 'held', cents: all, until: row.decideBy }]
  if (row.disputedAt) return [{ part: 'all', why: 'disputed', cents: all, until: null }]
  const waits: Wait[] = []
  if (main > 0) waits.push({ part: 'main', why: 'locked', cents: main, until: row.lockedUntil })
  if (extended > 0) waits.push(extendedWait(row, extended, now))
  return waits
}

/** At the highest risk level the date alone does not free the extended part. */
function extendedWait(row: Pick<CommissionRow, 'profile' | 'releasedAt' | 'extendedLockedUntil'>, amount: number, now: Date): Wait {
  const until = row.extendedLockedUntil
  const asksOwner = needsRelease(row.profile) && row.releasedAt === null && until !== null && until <= now
  return asksOwner
    ? { part: 'extended', why: 'release', cents: amount, until: null }
    : { part: 'extended', why: 'locked', cents: amount, until }
}
