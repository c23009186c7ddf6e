import type { Db } from '#db/client.ts'
import { newId } from '#db/id.ts'
import {
  affiliatePrograms,
  channelCategories,
  channels,
  communities,
  manualPaymentButtons,
  plans,
  productAccess,
  products,
} from '#db/schema/all.ts'
import { DEMO_COMMUNITIES, type DemoCommunity, type DemoProduct } from './catalogue.ts'

export interface SoldPlan {
  communityId: string
  communitySlug: string
  productId: string
  productName: string
  planId: string
  planSlug: string
  buttonId: string
}

export interface Catalogue {
  communityIds: Record<string, string>
  plans: Record<string, SoldPlan>
}

/** Writes communities with their channels, products with their plans, buttons, access and programs. */
export async function writeCatalogue(db: Db, ownerId: string, at: Date): Promise<Catalogue> {
  const catalogue: Catalogue = { communityIds: {}, plans: {} }
  for (const community of DEMO_COMMUNITIES) {
    const id = newId()
    catalogue.communityIds[community.slug] = id
    const { platform, slug, name, supplierName = null, landing = null } = community
    await db.insert(communities).values({
      id,
      platform,
      slug,
      name,
      supplierName,
      supplierId: supplierName ? slug : null,
      landingPageUrl: landing,
      createdAt: at,
      updatedAt: at,
    })
    await writeChannels(db, id, community, ownerId, at)
    for (const product of community.products) await writeProduct(db, { id, slug, name }, product, at, catalogue)
  }
  return catalogue
}

async function writeChannels(db: Db, communityId: string, community: DemoCommunity, createdBy: string, at: Date): Promise<void> {
  const names = [...new Set(community.channels.map(({ category }) => category))]
  const categories = await db
    .insert(channelCategories)
    .values(names.map((name, position) => ({ communityId, name, slug: `groupe-${position + 1}`, position, createdAt: at, createdBy })))
    .returning({ id: channelCategories.id, name: channelCategories.name })
  const idOf = new Map(categories.map(({ id, name }) => [name, id]))
  await db.insert(channels).values(
    community.channels.map(({ category, ...channel }, position) => ({
      communityId,
      categoryId: idOf.get(category) ?? null,
      position,
      createdAt: at,
      createdBy,
      ...channel,
    })),
  )
}

async function writeProduct(
  db: Db,
  community: { id: string; slug: string; name: string },
  product: DemoProduct,
  at: Date,
  catalogue: Catalogue,
): Promise<void> {
  const productId = newId()
  const stamps = { createdAt: at, updatedAt: at }
  const { slug, name, shortDescription, isFree = false, isFeatured = false, program } = product
  await db.insert(products).values({
    id: productId,
    communityId: community.id,
    slug,
    name,
    shortDescription,
    isFree,
    isFeatured,
    isPublished: true,
    publishedAt: at,
    ...stamps,
  })
  await db
    .insert(productAccess)
    .values({ id: newId(), productId, accessType: 'community', targetId: community.id, name: community.name, ...stamps })
  if (program) {
    const { rateType, rate, cookieDays, includeRenewals } = program
    await db.insert(affiliatePrograms).values({
      id: newId(),
      productId,
      isActive: true,
      defaultRateType: rateType,
      defaultRate: rate,
      cookieDurationDays: cookieDays,
      includeRenewals,
      ...stamps,
    })
  }
  for (const { cta, payment, ...plan } of product.plans) {
    const planId = newId()
    const buttonId = newId()
    await db.insert(plans).values({ id: planId, productId, ...plan, ...stamps })
    await db.insert(manualPaymentButtons).values({
      id: buttonId,
      productId,
      planId,
      buttonKey: plan.slug,
      displayName: `${name} · ${plan.name}`,
      ctaText: cta,
      pcivaultPaymentType: payment,
      ...stamps,
    })
    catalogue.plans[plan.slug] = {
      communityId: community.id,
      communitySlug: community.slug,
      productId,
      productName: name,
      planId,
      planSlug: plan.slug,
      buttonId,
    }
  }
}
