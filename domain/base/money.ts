declare const brand: unique symbol

/** An integer number of euro cents. Made by `cents()` only, so a float or a NaN can never pass for money. */
export type Cents = number & { readonly [brand]: 'Cents' }

/** Rates are integers in ten-thousandths: 0.3000 is 3000, and basis points are the same unit. */
export const RATE_SCALE = 10_000

/** The one currency the platform bills in; every currency column has a CHECK that says so. */
export const CURRENCY = 'EUR'

/** Takes a safe integer (any sign) as cents; throws RangeError for anything else, which is always our own mistake. */
export function cents(value: number): Cents {
  if (!isCents(value)) throw new RangeError(`not an integer number of cents: ${value}`)
  return value
}

export function isCents(value: unknown): value is Cents {
  // -0 would print as "-0" and break strict equality in tests of sums, so it is not a cent amount.
  return typeof value === 'number' && Number.isSafeInteger(value) && !Object.is(value, -0)
}

export function sumCents(amounts: Iterable<number>): Cents {
  let total = 0
  for (const amount of amounts) total += amount
  return cents(total)
}

export function minCents(first: number, ...rest: number[]): Cents {
  return cents(Math.min(first, ...rest))
}

/** `floor(num / den)` computed exactly (towards −∞). `den` must be positive; throws RangeError when the result is not a safe integer. */
export function floorDiv(num: number | bigint, den: number | bigint): number {
  const n = BigInt(num)
  const d = positive(den)
  const quotient = n / d
  const floored = n < 0n && quotient * d !== n ? quotient - 1n : quotient
  return safe(floored)
}

/** `floor(num / den + 1/2)` computed exactly: the only rounding of the project besides floor. `den` must be positive. */
export function roundHalfUp(num: number | bigint, den: number | bigint): number {
  const d = positive(den)
  return floorDiv(2n * BigInt(num) + d, 2n * d)
}

/** A product that may exceed 2^53, to be handed to `floorDiv` or `roundHalfUp`. Every factor must be an integer. */
export function times(...factors: readonly number[]): bigint {
  return factors.reduce((product, factor) => product * BigInt(factor), 1n)
}

export type TaxSplit = { readonly excl: Cents; readonly tax: Cents }

/**
 * Extracts the tax that a tax-inclusive price contains: `excl = round_half_up(incl × 10000 / (10000 + bps))`, tax is
 * the remainder, so the two always sum to `incl`. `inclCents` ≥ 0, `bps` in basis points 0…10000; throws RangeError otherwise.
 */
export function taxOf(inclCents: Cents, bps: number): TaxSplit {
  if (inclCents < 0) throw new RangeError(`a price is not negative: ${inclCents}`)
  if (!Number.isInteger(bps) || bps < 0 || bps > RATE_SCALE) throw new RangeError(`not a tax rate in basis points: ${bps}`)
  const excl = cents(roundHalfUp(times(inclCents, RATE_SCALE), RATE_SCALE + bps))
  return { excl, tax: cents(inclCents - excl) }
}

function positive(den: number | bigint): bigint {
  const d = BigInt(den)
  if (d <= 0n) throw new RangeError(`a denominator must be positive: ${d}`)
  return d
}

function safe(value: bigint): number {
  const number = Number(value)
  if (!Number.isSafeInteger(number)) throw new RangeError(`too large for an exact number: ${value}`)
  return number
}
