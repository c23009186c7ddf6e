import { eq } from 'drizzle-orm'
import { products } from '#db/schema/all.ts'
import type { Ctx } from '#api/context.ts'
import { verifyClickToken } from '#api/click/verify-click-token.ts'
import type { StoredClaim } from '#api/payment/sale-facts.ts'

/**
 * What a checkout keeps of a click: verified once, here. A link to one tier also counts for another tier of the same community, so the
 * community is looked up; without a token this costs no read.
 */
export async function loadClaim(ctx: Ctx, token: string | null | undefined): Promise<StoredClaim | null> {
  const claims = await verifyClickToken(ctx, token ?? null)
  if (!claims) return null
  return {
    clickId: claims.clickId,
    affiliateId: claims.affiliateId,
    linkId: claims.linkId,
    productId: claims.productId ?? null,
    communityId: claims.communityId ?? (claims.productId ? await communityOf(ctx, claims.productId) : null),
    clickedAt: new Date(claims.iat * 1000).toISOString(),
    expiresAt: new Date(claims.exp * 1000).toISOString(),
  }
}

async function communityOf(ctx: Ctx, productId: string): Promise<string | null> {
  const [row] = await ctx.db.select({ communityId: products.communityId }).from(products).where(eq(products.id, productId)).limit(1)
  return row?.communityId ?? null
}
