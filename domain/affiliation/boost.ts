import { AppError } from '#domain/error.ts'
import type { BoostCodeScope, BoostRedemptionStatus, BoostType } from './enums.ts'

/** 32 letters and digits that nobody confuses when reading them aloud: no 0, O, 1 or I. */
export const BOOST_ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
export const BOOST_PREFIX = 'BOOST-'
export const BOOST_CODE_LETTERS = 6

export type BoostCode = {
  readonly id: string
  readonly boostType: BoostType
  /** In ten-thousandths: of a percentage point for `percentage_increase`, of a euro for `flat_bonus`. */
  readonly boostValue: number
  readonly scope: BoostCodeScope
  readonly targetProductIds: readonly string[]
  readonly validFrom: Date
  readonly validUntil: Date | null
  readonly maxUses: number | null
  readonly currentUses: number
  readonly isActive: boolean
}

export type BoostRedemption = {
  readonly id: string
  readonly status: BoostRedemptionStatus
  readonly redeemedAt: Date
  readonly expiresAt: Date | null
  readonly code: Pick<BoostCode, 'id' | 'boostType' | 'boostValue' | 'scope' | 'targetProductIds'>
}

/** What a commission freezes of the boost that raised it. */
export type AppliedBoost = {
  readonly redemptionId: string
  readonly codeId: string
  readonly boostType: BoostType
  readonly boostValue: number
}

/** The boost that raises a sale of this product at `now`, or null: ACTIVE, begun, not expired (the job may be late) and in scope. At most one exists per affiliate. */
export function boostFor(redemption: BoostRedemption | null, productId: string, now: Date): AppliedBoost | null {
  if (redemption === null || redemption.status !== 'ACTIVE') return null
  const begun = redemption.redeemedAt.getTime() <= now.getTime()
  const lasts = redemption.expiresAt === null || now.getTime() < redemption.expiresAt.getTime()
  const { id, boostType, boostValue, scope, targetProductIds } = redemption.code
  const covers = scope === 'GLOBAL' || targetProductIds.includes(productId)
  return begun && lasts && covers ? { redemptionId: redemption.id, codeId: id, boostType, boostValue } : null
}

export type RedeemDecision = { readonly codeId: string; readonly expiresAt: Date | null; readonly deactivateRedemptionId: string | null }

/**
 * Redeems a code: the new redemption ends with the code, an active one becomes DEACTIVATED without giving its use back. Throws AppError
 * `boost_unknown`, `boost_inactive`, `boost_used_up`, `boost_already_yours`, and `boost_replaces_active` until `confirmed` says the loss was accepted.
 *
 * @waitsFor boosts
 */
export function decideRedeem(code: BoostCode | null, active: BoostRedemption | null, confirmed: boolean, now: Date): RedeemDecision {
  if (code === null) throw new AppError('boost_unknown')
  const open = code.isActive && code.validFrom <= now && (code.validUntil === null || now < code.validUntil)
  if (!open) throw new AppError('boost_inactive')
  const live = active !== null && active.status === 'ACTIVE' && (active.expiresAt === null || now < active.expiresAt) ? active : null
  if (live?.code.id === code.id) throw new AppError('boost_already_yours')
  if (code.maxUses !== null && code.currentUses >= code.maxUses) throw new AppError('boost_used_up')
  if (live !== null && !confirmed) throw new AppError('boost_replaces_active')
  return { codeId: code.id, expiresAt: code.validUntil, deactivateRedemptionId: live?.id ?? null }
}

/**
 * A code as stored, from what somebody typed: capitals, no spaces, the prefix added when it was left out.
 *
 * @waitsFor boosts
 */
export function readBoostCode(typed: string): string {
  const compact = typed.toUpperCase().replaceAll(/[^0-9A-Z]/g, '')
  const letters = compact.startsWith('BOOST') && compact.length > BOOST_CODE_LETTERS ? compact.slice('BOOST'.length) : compact
  return `${BOOST_PREFIX}${letters}`
}

/**
 * A code of random bytes; 32 letters divide a byte evenly, so each is as likely as any other. Takes at least 6 bytes, throws RangeError for fewer.
 *
 * @waitsFor boosts
 */
export function boostCodeOf(random: Uint8Array): string {
  if (random.length < BOOST_CODE_LETTERS) throw new RangeError('six random bytes make a boost code')
  const letters = Array.from(random.slice(0, BOOST_CODE_LETTERS), (byte) => BOOST_ALPHABET[byte % BOOST_ALPHABET.length])
  return `${BOOST_PREFIX}${letters.join('')}`
}
