import { RATE_SCALE, floorDiv, roundHalfUp, times, type Cents } from '#domain/base/money.ts'
import type { Policy } from '#domain/base/policy.ts'
import { addDays } from '#domain/base/time.ts'
import { AFFILIATE_RISK_LEVELS, type AffiliateRiskLevel } from './enums.ts'

/** One commission as risk sees it. Those of rejected holds are left out by the caller or marked here. */
export type RiskCommission = {
  readonly earnedAt: Date
  readonly totalCents: Cents
  /** k, in cents. */
  readonly clawedBackCents: Cents
  /** The part of k that the owner refunded out of goodwill; it is not held against the affiliate. */
  readonly goodwillCents: Cents
  readonly isHoldRejected: boolean
}

export type RiskFacts = {
  readonly level: AffiliateRiskLevel
  readonly commissions: readonly RiskCommission[]
  /** The affiliate's latest clawback, rejected holds left out; null when there was none. */
  readonly lastClawbackAt: Date | null
}

export type RiskDecision = {
  readonly level: AffiliateRiskLevel
  /** Ten-thousandths: 1818 is 18.18 %. */
  readonly refundRate: number
  /** Sales in the cohort, and those of them with something refunded. */
  readonly sales: number
  readonly refundedSales: number
  /** At or above the policy's mark: the owner decides about EXTREME_RISK, nobody else. */
  readonly proposesExtreme: boolean
}

/** Shares of single sales are summed on this scale, so that a hundred thousand of them still round as the exact sum would. */
const SHARE_SCALE = 1_000_000_000_000

/**
 * The level of an affiliate at `now` from the sales of the last 180 days. With enough sales it follows the rate both ways; with fewer it can
 * only fall; 180 days without a clawback bring NORMAL; EXTREME_RISK is set and lifted by the owner alone.
 *
 * @waitsFor risk
 */
export function decideRisk(facts: RiskFacts, policy: Policy, now: Date): RiskDecision {
  const since = addDays(now, -policy.risk.cohortDays)
  const cohort = facts.commissions.filter((one) => !one.isHoldRejected && one.totalCents > 0 && one.earnedAt > since && one.earnedAt <= now)
  const refundRate = refundRateOf(cohort)
  const hasEnough = cohort.length >= policy.risk.minimumSales
  return {
    level: levelAfter(facts, refundRate, hasEnough, policy, now),
    refundRate,
    sales: cohort.length,
    refundedSales: cohort.filter((one) => countedOf(one) > 0).length,
    proposesExtreme: hasEnough && facts.level !== 'EXTREME_RISK' && refundRate >= policy.risk.extremeProposedRate,
  }
}

function levelAfter(facts: RiskFacts, refundRate: number, hasEnough: boolean, policy: Policy, now: Date): AffiliateRiskLevel {
  if (facts.level === 'EXTREME_RISK') return 'EXTREME_RISK'
  const isClean = facts.lastClawbackAt === null || facts.lastClawbackAt <= addDays(now, -policy.risk.cleanDays)
  if (isClean) return 'NORMAL'
  const byRate = levelOfRate(refundRate, policy)
  return hasEnough ? byRate : lowerOf(facts.level, byRate)
}

/** The level that a rate alone stands for. */
export function levelOfRate(refundRate: number, policy: Pick<Policy, 'risk'>): Exclude<AffiliateRiskLevel, 'EXTREME_RISK'> {
  if (refundRate >= policy.risk.highRiskRate) return 'HIGH_RISK'
  return refundRate >= policy.risk.atRiskRate ? 'AT_RISK' : 'NORMAL'
}

/** The example that a page tells: the fewest refunds of one sale more than the least that counts, that are enough to change the level. */
export function riskExample(policy: Pick<Policy, 'risk'>) {
  const sales = policy.risk.minimumSales + 1
  const refunded = Math.ceil((policy.risk.atRiskRate * sales) / RATE_SCALE)
  const refundRate = roundHalfUp(times(refunded, RATE_SCALE), sales)
  return { sales, refunded, refundRate, level: levelOfRate(refundRate, policy) }
}

/**
 * Σ (k / total) ÷ number of sales, goodwill left out, rounded half up to ten-thousandths as the column keeps it; 0 without sales.
 *
 * @waitsFor risk
 */
export function refundRateOf(cohort: readonly RiskCommission[]): number {
  if (cohort.length === 0) return 0
  const shares = cohort.reduce((sum, one) => sum + BigInt(floorDiv(times(countedOf(one), SHARE_SCALE), one.totalCents)), 0n)
  return roundHalfUp(shares * BigInt(RATE_SCALE), BigInt(cohort.length) * BigInt(SHARE_SCALE))
}

function countedOf({ totalCents, clawedBackCents, goodwillCents }: RiskCommission): number {
  return Math.max(0, Math.min(totalCents, clawedBackCents - goodwillCents))
}

function lowerOf(one: AffiliateRiskLevel, other: AffiliateRiskLevel): AffiliateRiskLevel {
  return AFFILIATE_RISK_LEVELS.indexOf(one) <= AFFILIATE_RISK_LEVELS.indexOf(other) ? one : other
}
