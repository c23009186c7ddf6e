import { burstMayHold } from '#domain/affiliation/hold.ts'
import type { Policy } from '#domain/base/policy.ts'
import type { SaleAffiliate } from '#domain/selling/paid-sale.ts'
import type { Ctx } from '#api/context.ts'
import type { LoadedSettlement } from './load-settlement.ts'

/**
 * Sales that could change one another's decision are written one after another: those of one buyer in one community, and those paid with one
 * card. Those of one affiliate meet later, at the affiliate's accounts, whose lock every posting takes first.
 */
export function saleLocks(loaded: LoadedSettlement): string[] {
  const { cardToken, cardFingerprint } = cardOf(loaded)
  const cards = [cardToken, cardFingerprint].flatMap((card) => (card === null ? [] : [`card ${card}`]))
  return [`buyer ${loaded.buyer.id} ${loaded.community.id}`, ...cards]
}

/** What the buyer had paid, and who had brought them, when the sale was decided: the write asks whether it is so still. */
export function buyerDecidedOn({ buyer, community, earlierKinds, attributions }: LoadedSettlement) {
  return {
    stamUserId: buyer.id,
    communityId: community.id,
    earlierKinds: earlierKinds.toSorted(),
    attributions: attributions.map(({ attribution }) => attribution.id).toSorted(),
  }
}

/** The same for what may hold a commission: the boost, and each reason of which something is known. */
export function holdsDecidedOn({ now }: Ctx, loaded: LoadedSettlement, affiliate: SaleAffiliate, policy: Policy) {
  const { burstSales, burstHours } = policy.hold
  const redemptionId = loaded.affiliates.find(({ id }) => id === affiliate.id)?.redemption?.id ?? null
  const asked = { attemptId: loaded.attempt.id, stamUserId: loaded.buyer.id, ...cardOf(loaded), burstSales, burstHours }
  return { ...asked, redemptionId, reasons: reasonsDecidedOn(affiliate, policy, now) }
}

/** Nothing is asked that could not hold the sale: a trusted affiliate's for no reason, an old account's not for a burst. */
function reasonsDecidedOn({ isTrusted, since, sameVisitor, sharedCard, recentSales }: SaleAffiliate, policy: Policy, now: Date) {
  if (isTrusted) return
  const mayBurst = burstMayHold({ affiliateSince: since, isTrusted }, policy, now)
  return { sameVisitor, sharedCard, ...(mayBurst ? { burst: recentSales + 1 >= policy.hold.burstSales } : {}) }
}

/** The card that this attempt charged. */
function cardOf({ attempt, checkout }: LoadedSettlement) {
  return { cardToken: attempt.cardToken ?? checkout?.cardToken ?? null, cardFingerprint: attempt.cardFingerprint }
}
