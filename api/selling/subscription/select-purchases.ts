import { and, desc, eq, inArray, ne, type SQL } from 'drizzle-orm'
import { communities, customers, invoices, plans, products } from '#db/schema/all.ts'
import type { InvoiceStatus } from '#domain/selling/enums.ts'
import type { Ctx, UserActor } from '#api/context.ts'

const MOST_PURCHASES = 200
const MOST_INVOICES = 500

/** Invoices that asked for money or took it; a DRAFT is not one yet, a VOID one asks no more. */
const SHOWN: InvoiceStatus[] = ['PENDING', 'PAID', 'REFUNDED']

/** The purchases of this person: who pays is a StamUser, and a guild's purchase names the WEOKTO account beside it. */
function mine(actor: UserActor): SQL | undefined {
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
    .where(mine(actor))
    .orderBy(desc(customers.createdAt), desc(customers.id))
    .limit(MOST_PURCHASES)
}

export function selectInvoices(ctx: Ctx, actor: UserActor) {
  return ctx.db
    .select({ invoice: invoices, productName: products.name, planName: plans.name })
    .from(invoices)
    .innerJoin(customers, eq(customers.id, invoices.customerId))
    .innerJoin(products, eq(products.id, customers.productId))
    .leftJoin(plans, eq(plans.id, invoices.planId))
    .where(and(mine(actor), inArray(invoices.status, SHOWN)))
    .orderBy(desc(invoices.createdAt), desc(invoices.id))
    .limit(MOST_INVOICES)
}

export type PurchaseRow = Awaited<ReturnType<typeof selectPurchases>>[number]
export type InvoiceRow = Awaited<ReturnType<typeof selectInvoices>>[number]
