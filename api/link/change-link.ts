import { and, eq } from 'drizzle-orm'
import { affiliateLinks, affiliateProfiles, communities, products } from '#db/schema/all.ts'
import { AppError } from '#domain/error.ts'
import { forgetLink } from '#api/click/find-link.ts'
import type { Ctx } from '#api/context.ts'
import { requirePermission } from '#api/http/require.ts'
import type { ChangeLink, LinkState } from './link-input.ts'
import { communityOfLink, linkColumns, viewLink } from './link-view.ts'

/** Renames, redirects, pauses, resumes or archives one's own link. The redirect sees it at once here, and elsewhere within two or three minutes, once each copy has aged. */
export async function changeLink(ctx: Ctx, { id, ...input }: ChangeLink & { id: string }) {
  const { userId } = requirePermission(ctx, 'affiliation.links')
  const own = and(eq(affiliateLinks.id, id), eq(affiliateLinks.affiliateId, userId))
  const [row] = await ctx.db
    .select({ ...linkColumns, blockedAt: affiliateProfiles.blockedAt })
    .from(affiliateLinks)
    .leftJoin(affiliateProfiles, eq(affiliateProfiles.userId, affiliateLinks.affiliateId))
    .leftJoin(products, eq(products.id, affiliateLinks.productId))
    .innerJoin(communities, communityOfLink)
    .where(own)
    .limit(1)
  if (!row) throw new AppError('not_found')
  const { blockedAt, ...link } = row
  if (blockedAt) throw new AppError('affiliate_blocked')
  const changes = { ...given(input), ...marksOf(input.state, link.archivedAt, ctx.now) }
  if (Object.keys(changes).length > 0) await ctx.db.update(affiliateLinks).set({ ...changes, updatedAt: ctx.now }).where(own)
  await forgetLink(ctx, link.code)
  return viewLink(ctx, { ...link, ...changes })
}

function given({ label, campaign, toPath }: ChangeLink) {
  return { ...(label === undefined ? {} : { label }), ...(campaign === undefined ? {} : { campaign }), ...(toPath === undefined ? {} : { toPath }) }
}

function marksOf(state: LinkState | undefined, archivedAt: Date | null, now: Date) {
  if (state === undefined) return {}
  return state === 'archived' ? { isActive: false, archivedAt: archivedAt ?? now } : { isActive: state === 'active', archivedAt: null }
}
