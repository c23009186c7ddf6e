import { and, eq, exists, isNull, sql } from 'drizzle-orm'
import type * as z from 'zod/mini'
import { dbError } from '#db/client.ts'
import { publishedAt } from '#db/published.ts'
import { affiliateLinks, affiliatePrograms, affiliateProfiles, communities, products } from '#db/schema/all.ts'
import { sitePays } from '#domain/catalogue/program.ts'
import { linkCodeOf, type CreateLink } from '#domain/affiliation/link.ts'
import { text } from '#domain/error-text.ts'
import { AppError } from '#domain/error.ts'
import { forgetLink } from '#api/affiliation/click/find-link.ts'
import { requirePermission } from '#api/authorize.ts'
import type { Ctx } from '#api/context.ts'
import { policyOf, selectPolicy } from '#api/policy.ts'
import { viewLink } from './view.ts'

type CreateLink = z.infer<typeof CreateLink>

/** Codes are drawn, so two may meet; that this happens thrice in a row means something else is wrong. */
const TRIES = 3
const MOST_LINKS = 5_000

/** Makes a link to a product, or to a community's landing page, that pays affiliates. */
export async function createLink(ctx: Ctx, input: CreateLink) {
  const { userId } = requirePermission(ctx, 'affiliation.links')
  const { profile, target, count, policy } = await load(ctx, userId, input)
  if (profile?.blockedAt) throw new AppError('affiliate_blocked')
  if (!target) throw new AppError('not_found')
  if (!target.hasProgram || !sitePays(target.platform, policy)) throw new AppError('program_inactive')
  if (count >= MOST_LINKS) throw new AppError('rate_limited')
  const values = {
    id: ctx.newId(),
    affiliateId: userId,
    productId: input.productId ?? null,
    communityId: input.communityId ?? null,
    label: input.label ?? null,
    campaign: input.campaign ?? null,
    toPath: input.toPath ?? null,
    createdAt: ctx.now,
    updatedAt: ctx.now,
  }
  const code = await insert(ctx, values, input.code)
  await forgetLink(ctx, code)
  const { productName, communityId, communityName, platform } = target
  return viewLink(ctx, { ...values, code, isActive: true, archivedAt: null, productName, communityId, communityName, platform })
}

async function load(ctx: Ctx, userId: string, input: CreateLink) {
  const programs = ctx.db
    .select({ id: affiliatePrograms.id })
    .from(affiliatePrograms)
    .innerJoin(products, eq(products.id, affiliatePrograms.productId))
    .where(
      and(
        eq(affiliatePrograms.isActive, true),
        eq(products.isActive, true),
        publishedAt(ctx.now),
        eq(products.communityId, communities.id),
        input.productId ? eq(products.id, input.productId) : undefined,
      ),
    )
  const isTarget = input.productId ? eq(products.id, input.productId) : eq(communities.id, input.communityId ?? '')
  const [profiles, targets, counts, policies] = await ctx.db.batch([
    ctx.db.select({ blockedAt: affiliateProfiles.blockedAt }).from(affiliateProfiles).where(eq(affiliateProfiles.userId, userId)),
    ctx.db
      .select({
        productName: products.name,
        communityId: communities.id,
        communityName: communities.name,
        platform: communities.platform,
        hasProgram: sql<boolean>`${exists(programs)}`,
      })
      .from(communities)
      .leftJoin(products, and(eq(products.communityId, communities.id), eq(products.id, input.productId ?? '')))
      .where(and(isTarget, eq(communities.isActive, true)))
      .limit(1),
    ctx.db
      .select({ count: sql<number>`count(*)::int` })
      .from(affiliateLinks)
      .where(and(eq(affiliateLinks.affiliateId, userId), isNull(affiliateLinks.archivedAt))),
    selectPolicy(ctx),
  ])
  return { profile: profiles[0], target: targets[0], count: counts[0]?.count ?? 0, policy: policyOf(policies[0]) }
}

/** With a code of the affiliate's own there is nothing to draw again: it is free or taken. */
async function insert(ctx: Ctx, values: Omit<typeof affiliateLinks.$inferInsert, 'code'>, own: string | undefined): Promise<string> {
  for (let left = own ? 1 : TRIES; ; left--) {
    const code = own ?? linkCodeOf(crypto.getRandomValues(new Uint8Array(8)))
    try {
      await ctx.db.insert(affiliateLinks).values({ ...values, code })
      return code
    } catch (error) {
      if (dbError(error)?.constraint !== 'affiliate_links_code_key') throw error
      if (own) throw new AppError('code_taken', undefined, { code: text('code_taken', ctx.locale) })
      if (left <= 1) throw error
    }
  }
}
