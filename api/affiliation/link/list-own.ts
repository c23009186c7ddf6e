import { and, count, desc, eq, exists, isNotNull, isNull, sql, type SQL } from 'drizzle-orm'
import * as z from 'zod/mini'
import { affiliateDailyStats, affiliateLinks, communities, products } from '#db/schema/all.ts'
import { readDays, type Days } from '#domain/base/paris.ts'
import { requirePermission } from '#api/authorize.ts'
import type { Ctx } from '#api/context.ts'
import { daysInput } from '#api/days.ts'
import { PageQuery } from '#api/params.ts'
import { communityOfLink, linkColumns, linkTotals, LINK_STATES, statsOfLink, viewLink } from './view.ts'

export const ListLinks = z.extend(PageQuery, {
  /** Archived links are shown only when asked for, or where they brought something on the days that are. */
  state: z.optional(z.enum(LINK_STATES)),
  /** What they brought on these days, and only those that brought something. */
  period: z.optional(daysInput),
  sort: z._default(z.enum(['newest', 'clicks', 'sales', 'commission']), 'newest'),
})

export type ListLinks = z.infer<typeof ListLinks>

/** One's own links with what each brought. */
export async function listOwnLinks(ctx: Ctx, { state, period, sort, page, size }: ListLinks) {
  const { userId } = requirePermission(ctx, 'affiliation.links')
  const days = readDays(period)
  const totals = linkTotals(days)
  const order = {
    newest: affiliateLinks.createdAt,
    clicks: totals.grossClicks,
    sales: totals.salesCount,
    commission: totals.commissionCents,
  }[sort]
  const shown = and(eq(affiliateLinks.affiliateId, userId), days === null ? inState(state) : broughtOn(ctx, days, state))
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

function broughtOn({ db }: Ctx, days: Days, state: ListLinks['state']): SQL | undefined {
  const brought = exists(
    db
      .select({ one: sql`1` })
      .from(affiliateDailyStats)
      .where(statsOfLink(days)),
  )
  return and(brought, state === undefined ? undefined : inState(state))
}

function inState(state: ListLinks['state']): SQL | undefined {
  if (state === 'archived') return isNotNull(affiliateLinks.archivedAt)
  const isKept = isNull(affiliateLinks.archivedAt)
  return state === undefined ? isKept : and(isKept, eq(affiliateLinks.isActive, state === 'active'))
}
