import { and, eq } from 'drizzle-orm'
import * as z from 'zod/mini'
import { affiliateCommissions as c, affiliatePrograms } from '#db/schema/all.ts'
import { AFFILIATE_COMMISSION_STATUSES } from '#domain/affiliation/enums.ts'
import { OWN_COMMISSIONS_ORDER } from '#domain/affiliation/lists.ts'
import { Id } from '#domain/base/id.ts'
import { requirePermission } from '#api/authorize.ts'
import type { Ctx } from '#api/context.ts'
import { listInput, listQuery, sumOf } from '#api/list-query.ts'
import { commissionSorts, programOfCommission, selectCommissions } from './rows.ts'
import { viewCommission } from './view.ts'

export const ListCommissions = z.extend(listInput(OWN_COMMISSIONS_ORDER), {
  status: z.optional(z.enum(AFFILIATE_COMMISSION_STATUSES)),
  productId: z.optional(Id),
})

export type ListCommissions = z.infer<typeof ListCommissions>

const table = { order: OWN_COMMISSIONS_ORDER, id: c.id, columns: commissionSorts }

/** One's own commissions with what each waits for. */
export async function listOwnCommissions(ctx: Ctx, { status, productId, ...asked }: ListCommissions) {
  const { userId } = requirePermission(ctx, 'affiliation.own_commissions')
  const shown = and(
    eq(c.affiliateId, userId),
    status === undefined ? undefined : eq(c.status, status),
    productId === undefined ? undefined : eq(affiliatePrograms.productId, productId),
  )
  const list = listQuery(table, asked)
  const [rows, totals] = await ctx.db.batch([
    selectCommissions(ctx, and(shown, list.within), list.order, list.limit),
    ctx.db
      .select({ ...list.counted, totalCents: sumOf(c.totalAmount) })
      .from(c)
      .innerJoin(affiliatePrograms, programOfCommission)
      .where(shown),
  ])
  return list.page(
    rows.map((row) => viewCommission(row, ctx.locale, ctx.now)),
    totals,
  )
}
