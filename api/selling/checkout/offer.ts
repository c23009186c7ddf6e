import { and, eq } from 'drizzle-orm'
import { communities, manualPaymentButtons, plans, products } from '#db/schema/all.ts'
import type { Policy } from '#domain/base/policy.ts'
import { assertOnSale } from '#domain/catalogue/plan.ts'
import { AppError } from '#domain/error.ts'
import type { Ctx } from '#api/context.ts'

/** The statement that finds what a payment button sells. */
export function selectOffer(ctx: Ctx, buttonKey: string) {
  return ctx.db
    .select({ button: manualPaymentButtons, plan: plans, product: products, community: communities })
    .from(manualPaymentButtons)
    .innerJoin(plans, eq(plans.id, manualPaymentButtons.planId))
    .innerJoin(products, eq(products.id, manualPaymentButtons.productId))
    .innerJoin(communities, eq(communities.id, products.communityId))
    .where(and(eq(manualPaymentButtons.buttonKey, buttonKey), eq(communities.platform, ctx.platform)))
    .limit(1)
}

export type Offer = Awaited<ReturnType<typeof selectOffer>>[number]

/** Refuses what is not, or no longer, for sale, each with its own words. */
export function assertOfferOnSale(offer: Offer | undefined, policy: Policy, now: Date): asserts offer is Offer {
  if (!offer) throw new AppError('not_found')
  assertOnSale({ ...offer, isCommunityActive: offer.community.isActive }, policy, now)
}
