import { RATE_SCALE } from '#domain/base/money.ts'
import type { Policy } from '#domain/base/policy.ts'
import { addMinutes, HOUR_MS, laterOf, MINUTE_MS } from '#domain/base/time.ts'

/** Refused charges are counted over the last hour. */
export const DECLINES_WINDOW_MS = HOUR_MS
/** An attempt that nobody answered for this long is no longer waited for as a refusal to come. */
export const IN_FLIGHT_MS = 2 * MINUTE_MS
/** While others are being answered, one asks again after so many seconds. */
export const CROWDED_SECONDS = 10
/** Refusals that tell nothing of the card: our own, or trouble on the way to the bank, which must not look like a thief. */
export const NEVER_TRIED = ['trial_used', 'vault_refused', 'never_sent', 'canceled', 'processing_error'] as const

/** What became of the attempts of the last hour that share a card, a checkout, a network or a button. */
export interface Tally {
  refused: number
  succeeded: number
  /** Young and without an answer: each may turn out refused. */
  inFlight: number
  lastRefusedAt: Date | null
}

/** `network` is null where the edge does not say one. */
export interface Tallies {
  card: Tally
  checkout: Tally
  network: Tally | null
  button: Tally
}

/** How many attempts, refused or in flight, may be counted by each at the moment of the order's write; null where there is no bound. */
export type Allowance = { card: number; network: number | null; button: number | null }

export type Brake =
  | { kind: 'go'; room: Allowance }
  /** Whoever has not shown that the address is theirs does so first; `until` is when they may go on then, if that is later. */
  | { kind: 'code'; until: Date | null }
  | { kind: 'wait'; until: Date }
  /** As many as are allowed are under way: it is over as soon as they are answered. */
  | { kind: 'crowded' }

/**
 * Stolen cards are tried out by the dozen: too many refusals of one card, checkout, network or button slow down whoever orders next with it. First the
 * mailed code, then a wait since the last refusal; after it one order at a time, until the hour has forgotten. Ordinary bad luck stays below.
 */
export function decideBrake({ card, checkout, network, button }: Tallies, isProven: boolean, policy: Policy, now: Date): Brake {
  const { perCard, perCheckout, perNetwork } = policy.declines
  const over = [
    ...(card.refused >= perCard ? [card] : []),
    ...(checkout.refused >= perCheckout ? [checkout] : []),
    ...(network && network.refused >= perNetwork ? [network] : []),
    ...(isButtonOver(button, policy) ? [button] : []),
  ]
  const last = latest(over.map(({ lastRefusedAt }) => lastRefusedAt))
  const waits = isBraked(last, policy, now) && last ? waitFrom(last, policy) : null
  if (over.length > 0 && !isProven) return { kind: 'code', until: waits }
  if (waits) return { kind: 'wait', until: waits }
  const room: Allowance = {
    card: roomOf(card, perCard),
    network: network && roomOf(network, perNetwork),
    button: over.includes(button) ? button.refused : null,
  }
  const fits = (tally: Tally | null, most: number | null) => tally === null || most === null || tally.refused + tally.inFlight <= most
  return fits(card, room.card) && fits(network, room.network) && fits(button, room.button) ? { kind: 'go', room } : { kind: 'crowded' }
}

/** More than the policy's share of at least so many answered charges was refused. Those in flight are left out: a launch has dozens, all good. */
export function isButtonOver({ refused, succeeded }: Pick<Tally, 'refused' | 'succeeded'>, policy: Policy): boolean {
  const { buttonCharges, buttonRate } = policy.declines
  const charges = refused + succeeded
  return charges >= buttonCharges && refused * RATE_SCALE > charges * buttonRate
}

/** Whether what is over its limit still waits since its last refusal. */
export function isBraked(lastRefusedAt: Date | null, policy: Policy, now: Date): boolean {
  return lastRefusedAt !== null && waitFrom(lastRefusedAt, policy) > now
}

/** Below the limit the next one must still fit under it; after a wait the next one goes alone. */
function roomOf({ refused }: Tally, limit: number): number {
  return Math.max(limit - 1, refused)
}

function waitFrom(lastRefusedAt: Date, policy: Policy): Date {
  return addMinutes(lastRefusedAt, policy.declines.waitMinutes)
}

function latest(times: readonly (Date | null)[]): Date | null {
  return times.reduce((late, at) => (late && at ? laterOf(late, at) : (at ?? late)), null)
}
