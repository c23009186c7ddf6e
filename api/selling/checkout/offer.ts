import { and, desc, eq, lte } from 'drizzle-orm'
import { communities, manualPaymentButtons, plans, policies, products } from '#db/schema/all.ts'
import { DEFAULT_POLICY, type Policy } from '#domain/base/policy.ts'
import { readPolicy } from '#domain/base/read-policy.ts'
import { assertOnSale } from '#domain/catalogue/plan.ts'
import { AppError } from '#domain/error.ts'
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

/** The policy in force, or the default one while the owner has made none. The row's own version and date are the ones that count. */
export function policyOf(row: typeof policies.$inferSelect | null | undefined): Policy {
  if (!row) return DEFAULT_POLICY
  const { version, validFrom, json } = row
  const { policy, ignored } = readPolicy(json)
  if (ignored.length > 0) tellIgnored(version, ignored)
  return { ...policy, version, validFrom: validFrom.toISOString() }
}

const told = new Set<number>()

/** Once per process and version, because every sale reads it. */
function tellIgnored(version: number, ignored: readonly string[]): void {
  if (told.has(version)) return
  told.add(version)
  console.error(JSON.stringify({ level: 'error', event: 'policy_ignored', version, ignored }))
}

export type Offer = Awaited<ReturnType<typeof offerQuery>>[number]

/** Refuses what is not, or no longer, for sale, each with its own words. */
export function assertOfferOnSale(offer: Offer | undefined, policy: Policy, now: Date): asserts offer is Offer {
  if (!offer) throw new AppError('not_found')
  assertOnSale({ ...offer, isCommunityActive: offer.community.isActive }, policy, now)
}
