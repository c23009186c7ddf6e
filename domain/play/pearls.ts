import { cents, floorDiv, times, type Cents } from '#domain/base/money.ts'
import type { Policy } from '#domain/base/policy.ts'

/** Pearls that a sale is worth: floor(2 × tax-included cents kept / 100). Never bought, never turned into money. `keptCents` ≥ 0. */
export function pearlsOf(keptCents: Cents, policy: Policy): number {
  return floorDiv(times(policy.pearls.perEuro, keptCents), 100)
}

/**
 * What to write so that the pearls of a sale are those of what is kept of it: positive at the sale, negative after a refund, 0 writes
 * nothing. `given` is the sum of the sale's SALE rows so far; a total is targeted, so the order and number of refunds do not matter.
 *
 * @waitsFor pearls and the shop
 */
export function pearlChange(paidCents: Cents, refundedCents: Cents, given: number, policy: Policy): number {
  const kept = cents(Math.max(0, paidCents - refundedCents))
  const change = pearlsOf(kept, policy) - given
  return change === 0 ? 0 : change
}

/**
 * `pearlBalance` = earned − spent; it may be below 0 after a reversal and then buys nothing.
 *
 * @waitsFor pearls and the shop
 */
export function canSpendPearls(balance: number, price: number): boolean {
  return price >= 0 && balance >= price && balance >= 0
}

/**
 * A guild's prize shared equally: the remainder goes to the first, who sold most. Throws RangeError without members.
 *
 * @waitsFor pearls and the shop
 */
export function sharePearls(prize: number, members: number): number[] {
  if (members < 1 || prize < 0) throw new RangeError('a prize is shared among at least one member')
  const each = floorDiv(prize, members)
  return Array.from({ length: members }, (_, place) => (place === 0 ? prize - each * (members - 1) : each))
}
