import { and, desc, eq, ne, type SQL } from 'drizzle-orm'
import { communities, customers, plans, products } from '#db/schema/all.ts'
import type { Ctx, UserActor } from '#api/context.ts'

const MOST_PURCHASES = 200

/** The purchases of this person: who pays is a StamUser, and a guild's purchase names the WEOKTO account beside it. */
export function isMine(actor: UserActor): SQL | undefined {
  const owner = actor.platform === 'WEOKTO' ? eq(customers.weoktoUserId, actor.userId) : eq(customers.stamUserId, actor.userId)
  const scope = actor.scopeCustomerId === null ? undefined : eq(customers.id, actor.scopeCustomerId)
  // Somebody who ordered and never paid owns nothing.
  return and(owner, scope, ne(customers.status, 'INCOMPLETE'))
}

export function selectPurchases(ctx: Ctx, actor: UserActor) {
  return ctx.db
    .select({
      customer: customers,
      product: { name: products.name },
      community: { slug: communities.slug, name: communities.name },
      plan: { name: plans.name, priceAmount: plans.priceAmount, currency: plans.currency, billingInterval: plans.billingInterval },
    })
    .from(customers)
    .innerJoin(products, eq(products.id, customers.productId))
    .innerJoin(communities, eq(communities.id, products.communityId))
    .leftJoin(plans, eq(plans.id, customers.currentPlanId))
    .where(isMine(actor))
    .orderBy(desc(customers.createdAt), desc(customers.id))
    .limit(MOST_PURCHASES)
}

export type PurchaseRow = Awaited<ReturnType<typeof selectPurchases>>[number]
