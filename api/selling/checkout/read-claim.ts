import type { ClickClaims } from '#api/affiliation/click/click-claims.ts'
import { verifyClickToken } from '#api/affiliation/click/verify-click-token.ts'
import type { Ctx } from '#api/context.ts'
import type { StoredClaim } from '#api/selling/payment/sale-facts.ts'

/**
 * What a checkout keeps of a click, verified once and here: the newest valid one of the tokens that came, whichever way each came. Null without a
 * token or with none that is ours.
 */
export async function readClaim(ctx: Ctx, tokens: readonly (string | null | undefined)[]): Promise<StoredClaim | null> {
  const verified = await Promise.all(tokens.map((token) => verifyClickToken(ctx, token ?? null)))
  const [newest] = verified.filter((claims): claims is ClickClaims => claims !== null).toSorted((one, other) => other.iat - one.iat)
  if (!newest) return null
  const { clickId, affiliateId, linkId, communityId, productId = null } = newest
  return {
    clickId,
    affiliateId,
    linkId,
    productId,
    communityId,
    clickedAt: new Date(newest.iat * 1000).toISOString(),
    expiresAt: new Date(newest.exp * 1000).toISOString(),
  }
}
