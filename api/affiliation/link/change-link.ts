import { and, eq } from 'drizzle-orm'
import type * as z from 'zod/mini'
import { affiliateLinks, affiliateProfiles, communities, products } from '#db/schema/all.ts'
import type { ChangeLink } from '#domain/affiliation/link.ts'
import { AppError } from '#domain/error.ts'
import { forgetLink } from '#api/affiliation/click/find-link.ts'
import { requirePermission } from '#api/authorize.ts'
import type { Ctx } from '#api/context.ts'
import { communityOfLink, linkColumns, viewLink } from './view.ts'

type ChangeLink = z.infer<typeof ChangeLink>

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
  const changes = changesOf(input, link.archivedAt, ctx.now)
  if (Object.keys(changes).length > 0)
    await ctx.db
      .update(affiliateLinks)
      .set({ ...changes, updatedAt: ctx.now })
      .where(own)
  await forgetLink(ctx, link.code)
  return viewLink(ctx, { ...link, ...changes })
}

/** What is absent stays. An archived link is paused too; resuming one takes it out of the archive. */
function changesOf({ isActive, isArchived, ...texts }: ChangeLink, archivedAt: Date | null, now: Date) {
  const given = Object.entries(texts).filter(([, value]) => value !== undefined)
  const state = isArchived ? { isActive: false, archivedAt: archivedAt ?? now } : isActive === undefined ? {} : { isActive }
  const unarchived = isArchived === false || (isActive && !isArchived) ? { archivedAt: null } : {}
  return { ...Object.fromEntries(given), ...state, ...unarchived }
}
