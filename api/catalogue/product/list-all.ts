import { and, asc, eq, sql, type SQL } from 'drizzle-orm'
import * as z from 'zod/mini'
import { publishedAt, scheduledAfter } from '#db/published.ts'
import { communities, manualPaymentButtons, plans, productAccess, products } from '#db/schema/all.ts'
import { PRODUCTS_ORDER } from '#domain/catalogue/lists.ts'
import { isPublishedAt } from '#domain/catalogue/plan.ts'
import { requirePermission } from '#api/authorize.ts'
import type { Ctx } from '#api/context.ts'
import { listInput, listQuery } from '#api/list-query.ts'
import { holdsText, searchText } from '#api/search-text.ts'
import { originOf } from '#api/sites.ts'

const PRODUCT_STATES = ['published', 'scheduled', 'draft', 'inactive'] as const
type ProductState = (typeof PRODUCT_STATES)[number]

export const ListProducts = z.extend(listInput(PRODUCTS_ORDER), {
  state: z.optional(z.enum(PRODUCT_STATES)),
  q: z.optional(searchText),
})

export type ListProducts = z.infer<typeof ListProducts>

const table = {
  order: PRODUCTS_ORDER,
  id: products.id,
  columns: { createdAt: { by: products.createdAt, kind: 'instant' } },
} as const

/** The catalogue with its prices and buttons: prices are part of it, what was sold is not. */
export async function listAllProducts(ctx: Ctx, { state, q, ...asked }: ListProducts) {
  requirePermission(ctx, 'catalogue.products')
  const list = listQuery(table, asked)
  const shown = and(inState(ctx, state), holdsText(q, [products.name, products.slug, communities.name]))
  const { db } = ctx
  const onPage = db
    .select({ ...productColumns, createdAt: products.createdAt })
    .from(products)
    .innerJoin(communities, eq(communities.id, products.communityId))
    .where(and(shown, list.within))
    .orderBy(...list.order)
    .limit(list.limit)
  const ids = sql`(select id from (${onPage}) page)`
  const [rows, prices, buttons, opens, totals] = await db.batch([
    onPage,
    db
      .select(planColumns)
      .from(plans)
      .where(sql`${plans.productId} in ${ids}`)
      .orderBy(asc(plans.priceAmount), asc(plans.id)),
    db
      .select(buttonColumns)
      .from(manualPaymentButtons)
      .where(sql`${manualPaymentButtons.productId} in ${ids}`)
      .orderBy(asc(manualPaymentButtons.buttonKey)),
    db
      .select(accessColumns)
      .from(productAccess)
      .where(sql`${productAccess.productId} in ${ids}`)
      .orderBy(asc(productAccess.name)),
    db.select(list.counted).from(products).innerJoin(communities, eq(communities.id, products.communityId)).where(shown),
  ])
  const catalogue = rows.map((product) => ({
    ...product,
    state: stateOf(product, ctx.now),
    origin: originOf(ctx.config, product.platform),
    plans: of(prices, product.id),
    buttons: of(buttons, product.id),
    access: of(opens, product.id),
  }))
  return list.page(catalogue, totals)
}

function of<Row extends { productId: string }>(list: readonly Row[], id: string): Row[] {
  return list.filter((row) => row.productId === id)
}

function stateOf(product: { isActive: boolean; isPublished: boolean; publishedAt: Date | null }, now: Date): ProductState {
  if (!product.isActive) return 'inactive'
  if (!product.isPublished) return 'draft'
  return isPublishedAt(product, now) ? 'published' : 'scheduled'
}

function inState({ now }: Ctx, state: ListProducts['state']): SQL | undefined {
  if (state === undefined) return undefined
  if (state === 'inactive') return eq(products.isActive, false)
  const isIn = { published: publishedAt(now), scheduled: scheduledAfter(now), draft: eq(products.isPublished, false) }[state]
  return and(eq(products.isActive, true), isIn)
}

const productColumns = {
  id: products.id,
  slug: products.slug,
  name: products.name,
  shortDescription: products.shortDescription,
  isFree: products.isFree,
  requiresTrial: products.requiresTrial,
  isActive: products.isActive,
  isPublished: products.isPublished,
  publishedAt: products.publishedAt,
  isFeatured: products.isFeatured,
  communityId: products.communityId,
  communityName: communities.name,
  platform: communities.platform,
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
  maxBillingCycles: plans.maxBillingCycles,
  isActive: plans.isActive,
  isFeatured: plans.isFeatured,
}

const buttonColumns = {
  id: manualPaymentButtons.id,
  productId: manualPaymentButtons.productId,
  planId: manualPaymentButtons.planId,
  buttonKey: manualPaymentButtons.buttonKey,
  displayName: manualPaymentButtons.displayName,
  ctaText: manualPaymentButtons.ctaText,
  isActive: manualPaymentButtons.isActive,
}

const accessColumns = {
  id: productAccess.id,
  productId: productAccess.productId,
  accessType: productAccess.accessType,
  targetId: productAccess.targetId,
  name: productAccess.name,
}
