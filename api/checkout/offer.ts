import { and, desc, eq, lte } from 'drizzle-orm'
import { communities, manualPaymentButtons, plans, policies, products } from '#db/schema/all.ts'
import { AppError } from '#domain/error.ts'
import { assertOnSale } from '#domain/plan.ts'
import { DEFAULT_POLICY, parsePolicy, type Policy } from '#domain/policy.ts'
import type { Ctx } from '#api/context.ts'

/** The statement that finds what a payment button sells. */
export function offerQuery(ctx: Ctx, buttonKey: string) {
  return ctx.db
    .select({ button: manualPaymentButtons, plan: plans, product: products, community: communities })
    .from(manualPaymentButtons)
    .innerJoin(plans, eq(plans.id, manualPaymentButtons.planId))
    .innerJoin(products, eq(products.id, manualPaymentButtons.productId))
    .innerJoin(communities, eq(communities.id, products.communityId))
    .where(and(eq(manualPaymentButtons.buttonKey, buttonKey), eq(communities.platform, ctx.platform)))
    .limit(1)
}

export function policyQuery(ctx: Ctx) {
  return ctx.db.select().from(policies).where(lte(policies.validFrom, ctx.now)).orderBy(desc(policies.version)).limit(1)
}

/** The policy in force, or the default one while the owner has made none. */
export function policyOf(row: { json: unknown } | null | undefined): Policy {
  return row ? parsePolicy(row.json) : DEFAULT_POLICY
}

export type Offer = Awaited<ReturnType<typeof offerQuery>>[number]

/** Refuses what is not, or no longer, for sale, each with its own words. */
export function assertOfferOnSale(offer: Offer | undefined, policy: Policy, now: Date): asserts offer is Offer {
  if (!offer) throw new AppError('not_found')
  assertOnSale({ ...offer, isCommunityActive: offer.community.isActive }, policy, now)
}
