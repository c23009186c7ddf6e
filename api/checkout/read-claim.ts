import type { Ctx } from '#api/context.ts'
import { verifyClickToken } from '#api/click/verify-click-token.ts'
import type { StoredClaim } from '#api/payment/sale-facts.ts'

/** What a checkout keeps of a click, verified once and here; null without a token or with one that is not ours. */
export async function readClaim(ctx: Ctx, token: string | null): Promise<StoredClaim | null> {
  const claims = await verifyClickToken(ctx, token)
  if (!claims) return null
  const { clickId, affiliateId, linkId, communityId, productId = null } = claims
  return { clickId, affiliateId, linkId, productId, communityId, clickedAt: new Date(claims.iat * 1000).toISOString(), expiresAt: new Date(claims.exp * 1000).toISOString() }
}
