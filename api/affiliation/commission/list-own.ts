import { and, asc, count, desc, eq, type SQL } from 'drizzle-orm'
import * as z from 'zod/mini'
import { affiliateCommissions as c, affiliatePrograms } from '#db/schema/all.ts'
import { AFFILIATE_COMMISSION_STATUSES } from '#domain/affiliation/enums.ts'
import { Id } from '#domain/base/id.ts'
import { requirePermission } from '#api/authorize.ts'
import type { Ctx } from '#api/context.ts'
import { PageQuery } from '#api/params.ts'
import { programOfCommission, selectCommissions } from './rows.ts'
import { viewCommission } from './view.ts'

export const ListCommissions = z.extend(PageQuery, {
  status: z.optional(z.enum(AFFILIATE_COMMISSION_STATUSES)),
  productId: z.optional(Id),
  sort: z._default(z.enum(['earnedAt', 'totalCents', 'lockedUntil']), 'earnedAt'),
  direction: z._default(z.enum(['asc', 'desc']), 'desc'),
})

export type ListCommissions = z.infer<typeof ListCommissions>

/** One's own commissions with what each waits for. */
export async function listOwnCommissions(ctx: Ctx, { status, productId, sort, direction, page, size }: ListCommissions) {
  const { userId } = requirePermission(ctx, 'affiliation.own_commissions')
  const shown = and(
    eq(c.affiliateId, userId),
    status === undefined ? undefined : eq(c.status, status),
    productId === undefined ? undefined : eq(affiliatePrograms.productId, productId),
  )
  const [rows, counts] = await ctx.db.batch([
    selectCommissions(ctx, shown, orderOf(sort, direction), size, (page - 1) * size),
    countCommissions(ctx, shown),
  ])
  return { commissions: rows.map((row) => viewCommission(row, ctx.locale, ctx.now)), total: counts[0]?.total ?? 0, page, size }
}

function countCommissions(ctx: Pick<Ctx, 'db'>, shown: SQL | undefined) {
  return ctx.db.select({ total: count() }).from(c).innerJoin(affiliatePrograms, programOfCommission).where(shown)
}

/** The id ends each order, so that pages never share a row. */
export function orderOf(sort: ListCommissions['sort'], direction: ListCommissions['direction']): SQL[] {
  const column = { earnedAt: c.earnedAt, totalCents: c.totalAmount, lockedUntil: c.lockedUntil }[sort]
  const way = direction === 'asc' ? asc : desc
  return [way(column), way(c.id)]
}
