import type { Policy } from '#domain/base/policy.ts'
import { addDays, laterOf, wholeDaysBetween } from '#domain/base/time.ts'
import type { AffiliateRiskLevel, LockProfile } from './enums.ts'

export type ProfileFacts = {
  /** When the affiliate's first commission was earned; null when this would be it. */
  readonly firstCommissionAt: Date | null
  readonly riskLevel: AffiliateRiskLevel
  /** A profile that the owner gave this affiliate; it outranks age and level. */
  readonly lockProfileOverride?: LockProfile | null
}

/** Days since the first commission, floor(seconds / 86400); none yet counts as 0. */
export function accountAgeDays(firstCommissionAt: Date | null, now: Date): number {
  return firstCommissionAt === null ? 0 : wholeDaysBetween(firstCommissionAt, now)
}

/** Which row of the lock table a commission earned at `now` gets: the owner's override, else the risk level when there is one, else the account's age. */
export function profileOf(facts: ProfileFacts, policy: Pick<Policy, 'age'>, now: Date): LockProfile {
  if (facts.lockProfileOverride) return facts.lockProfileOverride
  if (facts.riskLevel !== 'NORMAL') return facts.riskLevel
  const age = accountAgeDays(facts.firstCommissionAt, now)
  if (age >= policy.age.trustedFromDays) return 'TRUSTED'
  if (age >= policy.age.validatedFromDays) return 'VALIDATED'
  return age >= policy.age.recentFromDays ? 'RECENT' : 'NEW'
}

export type LockDates = {
  readonly lockPeriodDays: number
  readonly lockedUntil: Date
  readonly extendedLockedUntil: Date
  /** The later of the two; EXTREME_RISK needs the owner's release besides. */
  readonly maturesAt: Date
}

/** The dates of a commission of this profile earned at `earnedAt`. They are frozen in its row and never change. */
export function lockDates(profile: LockProfile, policy: Pick<Policy, 'lock'>, earnedAt: Date): LockDates {
  const { mainLockDays, extendedLockDays } = policy.lock[profile]
  const lockedUntil = addDays(earnedAt, mainLockDays)
  const extendedLockedUntil = addDays(earnedAt, extendedLockDays)
  return { lockPeriodDays: mainLockDays, lockedUntil, extendedLockedUntil, maturesAt: laterOf(lockedUntil, extendedLockedUntil) }
}

/** Whether the extended part waits for the owner's release as well as for its date. */
export function needsRelease(profile: LockProfile): boolean {
  return profile === 'EXTREME_RISK'
}
