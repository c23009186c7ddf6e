import { and, count, desc, eq, isNotNull, isNull, type SQL } from 'drizzle-orm'
import * as z from 'zod/mini'
import { affiliateLinks, communities, products } from '#db/schema/all.ts'
import { requirePermission } from '#api/authorize.ts'
import type { Ctx } from '#api/context.ts'
import { PageQuery } from '#api/params.ts'
import { communityOfLink, linkColumns, linkTotals, LINK_STATES, viewLink } from './view.ts'

export const ListLinks = z.extend(PageQuery, {
  /** Archived links are shown only when asked for. */
  state: z.optional(z.enum(LINK_STATES)),
  sort: z._default(z.enum(['newest', 'clicks', 'sales', 'commission']), 'newest'),
})

export type ListLinks = z.infer<typeof ListLinks>

/** One's own links with what each brought. */
export async function listOwnLinks(ctx: Ctx, { state, sort, page, size }: ListLinks) {
  const { userId } = requirePermission(ctx, 'affiliation.links')
  const totals = linkTotals()
  const order = {
    newest: affiliateLinks.createdAt,
    clicks: totals.grossClicks,
    sales: totals.salesCount,
    commission: totals.commissionCents,
  }[sort]
  const shown = and(eq(affiliateLinks.affiliateId, userId), inState(state))
  const [rows, counts] = await ctx.db.batch([
    ctx.db
      .select({ ...linkColumns, stats: totals })
      .from(affiliateLinks)
      .leftJoin(products, eq(products.id, affiliateLinks.productId))
      .innerJoin(communities, communityOfLink)
      .where(shown)
      .orderBy(desc(order), desc(affiliateLinks.id))
      .limit(size)
      .offset((page - 1) * size),
    ctx.db.select({ total: count() }).from(affiliateLinks).where(shown),
  ])
  return { links: rows.map(({ stats, ...row }) => ({ ...viewLink(ctx, row), stats })), total: counts[0]?.total ?? 0, page, size }
}

function inState(state: ListLinks['state']): SQL | undefined {
  if (state === 'archived') return isNotNull(affiliateLinks.archivedAt)
  const isKept = isNull(affiliateLinks.archivedAt)
  return state === undefined ? isKept : and(isKept, eq(affiliateLinks.isActive, state === 'active'))
}
