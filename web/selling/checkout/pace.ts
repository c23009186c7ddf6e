import type { CheckoutStep } from '#domain/selling/checkout.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** How soon a step is asked for again: at first, at most, and for how long in all. Absent: nothing happens there without the buyer. */
const PACES: Partial<Record<CheckoutStep, { first: number; slowest: number; until: number }>> = {
  // Typing a card takes a minute or two, and the checkout itself ends after thirty.
  CARD: { first: 2 * SECOND, slowest: 5 * SECOND, until: 30 * MINUTE },
  PAYING: { first: 0.7 * SECOND, slowest: 4 * SECOND, until: 10 * MINUTE },
  BANK: { first: 3 * SECOND, slowest: 10 * SECOND, until: 10 * MINUTE },
  UNCERTAIN: { first: 3 * SECOND, slowest: 15 * SECOND, until: 20 * MINUTE },
}

/** After the vault's page said that a card went through, or an order that another is under way, for so long. */
export const HURRY_FOR = 20 * SECOND
const HURRY = 0.7 * SECOND
/** Longer than any step lasts. */
const LONGEST = 30 * MINUTE

/**
 * Milliseconds until the page asks again where a checkout stands, or false when it stops asking: the pause grows with the time spent
 * waiting (a third of it), between the step's own bounds.
 */
export function nextAsk(step: CheckoutStep, waitedMs: number, isHurried = false): number | false {
  const pace = PACES[step]
  if (waitedMs >= (pace?.until ?? LONGEST)) return false
  if (isHurried) return HURRY
  if (!pace) return false
  return Math.min(pace.slowest, Math.max(pace.first, waitedMs / 3))
}
