import { and, asc, desc, eq, sql, type SQL } from 'drizzle-orm'
import { publishedAt } from '#db/published.ts'
import { affiliateLinks, affiliatePrograms, communities, plans, products } from '#db/schema/all.ts'
import { sitePays } from '#domain/catalogue/program.ts'
import { requirePermission } from '#api/authorize.ts'
import type { Ctx } from '#api/context.ts'
import { policyOf, selectPolicy } from '#api/policy.ts'
import { originOf } from '#api/sites.ts'

const MOST = 500

/** Every published product that would pay affiliates for a sale now, with its prices, what it pays, and one's own link to it. */
export async function listMarketplace(ctx: Ctx) {
  const { userId } = requirePermission(ctx, 'affiliation.links')
  const onOffer = and(
    publishedAt(ctx.now),
    eq(products.isActive, true),
    eq(communities.isActive, true),
    eq(affiliatePrograms.isActive, true),
  )
  const [published, prices, policies] = await ctx.db.batch([
    ctx.db
      .select({ ...productColumns, linkCode: linkColumn(userId, sql`${affiliateLinks.code}`), linkName: linkColumn(userId, nameOfLink) })
      .from(products)
      .innerJoin(communities, eq(communities.id, products.communityId))
      .innerJoin(affiliatePrograms, eq(affiliatePrograms.productId, products.id))
      .where(onOffer)
      .orderBy(desc(products.isFeatured), asc(communities.supplierName), asc(products.name), asc(products.id))
      .limit(MOST),
    ctx.db
      .select(planColumns)
      .from(plans)
      .innerJoin(products, eq(products.id, plans.productId))
      .innerJoin(communities, eq(communities.id, products.communityId))
      .innerJoin(affiliatePrograms, eq(affiliatePrograms.productId, products.id))
      .where(and(onOffer, eq(plans.isActive, true)))
      .orderBy(asc(plans.priceAmount), asc(plans.id)),
    selectPolicy(ctx),
  ])
  const policy = policyOf(policies[0])
  const offers = published.filter(({ platform }) => sitePays(platform, policy))
  return {
    products: offers.map(({ linkCode: code, platform, ...offer }) => ({
      ...offer,
      platform,
      linkUrl: code ? `${originOf(ctx.config, platform)}/r/${code}` : null,
      plans: prices.filter((plan) => plan.productId === offer.id),
    })),
  }
}

const productColumns = {
  id: products.id,
  name: products.name,
  shortDescription: products.shortDescription,
  isFree: products.isFree,
  isFeatured: products.isFeatured,
  communityId: communities.id,
  communityName: communities.name,
  platform: communities.platform,
  supplierName: communities.supplierName,
  rateType: affiliatePrograms.defaultRateType,
  /** Ten-thousandths: of one for a percentage, of a euro for a fixed amount. */
  rate: affiliatePrograms.defaultRate,
  cookieDurationDays: affiliatePrograms.cookieDurationDays,
  includeRenewals: affiliatePrograms.includeRenewals,
}

const planColumns = {
  id: plans.id,
  productId: plans.productId,
  name: plans.name,
  priceCents: plans.priceAmount,
  billingInterval: plans.billingInterval,
  trialDays: plans.trialDays,
  trialCents: plans.trialAmount,
  setupFeeCents: plans.setupFee,
  isFeatured: plans.isFeatured,
}

/** What tells a link from the plain one: its name, else what it was made for. The plain link has none. */
const nameOfLink = sql`coalesce(${affiliateLinks.label}, ${affiliateLinks.campaign}, ${affiliateLinks.toPath})`

/** Of one's working links to the product the plain one, as one tap makes it: a link of a campaign would count for the wrong thing. */
function linkColumn(userId: string, column: SQL) {
  return sql<string | null>`(select ${column} from ${affiliateLinks} where ${affiliateLinks.affiliateId} = ${userId}
    and ${affiliateLinks.productId} = ${products.id} and ${affiliateLinks.isActive} and ${affiliateLinks.archivedAt} is null
    order by ${nameOfLink} is null desc, ${affiliateLinks.createdAt} desc limit 1)`
}
