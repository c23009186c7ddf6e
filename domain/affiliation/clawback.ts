import { cents, floorDiv, times, type Cents } from '#domain/base/money.ts'
import { type CommissionState, type Parts, remainingParts } from './maturation.ts'

export type ClawbackFacts = {
  readonly totalCents: Cents
  /** The invoice's tax-included total. */
  readonly invoiceTotalCents: Cents
  /** PROCESSED refunds, lost disputes among them. */
  readonly refundedCents: Cents
  /** Disputes won after they had been lost. */
  readonly wonBackCents: Cents
  readonly isHoldRejected: boolean
}

/** How much of a commission should be clawed back: all of it once its hold was rejected, else the refunded share of the invoice, floored. */
export function clawbackTarget(facts: ClawbackFacts): Cents {
  const { totalCents, invoiceTotalCents } = facts
  if (facts.isHoldRejected) return totalCents
  if (invoiceTotalCents <= 0) return cents(0)
  const lost = Math.max(0, Math.min(facts.refundedCents - facts.wonBackCents, invoiceTotalCents))
  return cents(floorDiv(times(totalCents, lost), invoiceTotalCents))
}

export type Clawback = {
  /** Positive claws back, negative reinstates, 0 posts nothing. */
  readonly change: Cents
  /** What the unmatured parts lose (or get back), extended first (main first). */
  readonly locked: Cents
  /** What is claimed from money that has matured: AVAILABLE, then DEBT. 0 when reinstating. */
  readonly matured: Cents
  /** Reinstated into each part, main first. What belongs to a part that had matured already matures again in the same transaction. */
  readonly restored: Parts
  /** The new k. */
  readonly clawedBack: Cents
}

const NOTHING: Parts = { main: cents(0), extended: cents(0) }

/**
 * From k to its target. Clawing back takes the remaining extended part, then the main one, as far as they are not matured, and the
 * rest from matured money. Reinstating puts everything back into LOCKED, from where parts whose date has passed mature again.
 *
 * @runsAsSql settle_clawback (db/ledger/settle-clawback.test.ts)
 */
export function clawbackTo(target: Cents, state: CommissionState): Clawback {
  const change = cents(target - state.clawedBack)
  const { main, extended } = remainingParts(state)
  if (change <= 0) {
    const after = remainingParts({ ...state, clawedBack: target })
    const restored = { main: cents(after.main - main), extended: cents(after.extended - extended) }
    return { change, locked: change, matured: cents(0), restored, clawedBack: target }
  }
  const fromExtended = Math.min(change, extended)
  const fromMain = change - fromExtended
  const locked = cents((state.isExtendedMatured ? 0 : fromExtended) + (state.isMainMatured ? 0 : Math.min(fromMain, main)))
  return { change, locked, matured: cents(change - locked), restored: NOTHING, clawedBack: target }
}
