import { and, asc, desc, eq } from 'drizzle-orm'
import { publishedAt } from '#db/published.ts'
import { communities, manualPaymentButtons, plans, products } from '#db/schema/all.ts'
import { safePath } from '#domain/base/origin.ts'
import type { Ctx } from '#api/context.ts'
import { policyOf, selectPolicy } from '#api/policy.ts'

const MOST = 500

/** What anybody can join on this site now: each community with the offers whose buttons sell. Suppliers are not named. */
export async function listOpenCommunities(ctx: Ctx) {
  const [rows, policies] = await ctx.db.batch([selectOffers(ctx), selectPolicy(ctx)])
  const offers = policyOf(policies[0]).switches.sales ? rows : []
  const bySlug = new Map(offers.map(({ community }) => [community.slug, community]))
  return {
    communities: [...bySlug.values()].map(({ slug, name, landingPageUrl }) => ({
      slug,
      name,
      // Only a path of this site: the page of an offer is never somebody else's.
      landingPath: safePath(landingPageUrl),
      offers: offers.filter(({ community }) => community.slug === slug).map(({ offer }) => offer),
    })),
  }
}

function selectOffers(ctx: Ctx) {
  const isOnSale = and(eq(products.isActive, true), publishedAt(ctx.now), eq(plans.isActive, true), eq(manualPaymentButtons.isActive, true))
  return ctx.db
    .select({
      community: { slug: communities.slug, name: communities.name, landingPageUrl: communities.landingPageUrl },
      offer: {
        buttonKey: manualPaymentButtons.buttonKey,
        productName: products.name,
        shortDescription: products.shortDescription,
        planName: plans.name,
        priceCents: plans.priceAmount,
        currency: plans.currency,
        billingInterval: plans.billingInterval,
        trialDays: plans.trialDays,
        trialCents: plans.trialAmount,
      },
    })
    .from(manualPaymentButtons)
    .innerJoin(plans, eq(plans.id, manualPaymentButtons.planId))
    .innerJoin(products, eq(products.id, manualPaymentButtons.productId))
    .innerJoin(communities, eq(communities.id, products.communityId))
    .where(and(eq(communities.platform, ctx.platform), eq(communities.isActive, true), isOnSale))
    .orderBy(desc(products.isFeatured), asc(communities.name), asc(communities.id), asc(plans.priceAmount), asc(manualPaymentButtons.id))
    .limit(MOST)
}
