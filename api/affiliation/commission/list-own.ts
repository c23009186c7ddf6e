import { and, eq, type SQL } from 'drizzle-orm'
import * as z from 'zod/mini'
import { affiliateCommissions as c, affiliatePrograms } from '#db/schema/all.ts'
import { AFFILIATE_COMMISSION_STATUSES } from '#domain/affiliation/enums.ts'
import { OWN_COMMISSIONS_ORDER } from '#domain/affiliation/lists.ts'
import { WAITING_KINDS } from '#domain/affiliation/waiting.ts'
import { Id } from '#domain/base/id.ts'
import { requirePermission } from '#api/authorize.ts'
import type { Ctx } from '#api/context.ts'
import { listInput, listQuery, sumOf } from '#api/list-query.ts'
import { hasWaiting, sumWaiting } from './locked-parts.ts'
import { commissionSorts, programOfCommission, selectCommissions } from './rows.ts'
import { viewCommission } from './view.ts'

export const ListCommissions = z.extend(listInput(OWN_COMMISSIONS_ORDER), {
  status: z.optional(z.enum(AFFILIATE_COMMISSION_STATUSES)),
  productId: z.optional(Id),
  /** Those with locked money of this kind; the sums then say how much of it. */
  waits: z.optional(z.enum(WAITING_KINDS)),
})

export type ListCommissions = z.infer<typeof ListCommissions>

const table = { order: OWN_COMMISSIONS_ORDER, id: c.id, columns: commissionSorts }

/** One's own commissions with what each waits for. */
export async function listOwnCommissions(ctx: Ctx, asked: ListCommissions) {
  const { userId } = requirePermission(ctx, 'affiliation.own_commissions')
  const shown = and(eq(c.affiliateId, userId), filtered(ctx, asked))
  const list = listQuery(table, asked)
  const [rows, totals] = await ctx.db.batch([
    selectCommissions(ctx, and(shown, list.within), list.order, list.limit),
    ctx.db
      .select({ ...list.counted, totalCents: sumOf(c.totalAmount), ...(asked.waits && { waitingCents: sumWaiting(asked.waits, ctx.now) }) })
      .from(c)
      .innerJoin(affiliatePrograms, programOfCommission)
      .where(shown),
  ])
  return list.page(
    rows.map((row) => viewCommission(row, ctx.locale, ctx.now)),
    totals,
  )
}

function filtered({ now }: Ctx, { status, productId, waits }: Pick<ListCommissions, 'status' | 'productId' | 'waits'>): SQL | undefined {
  return and(
    status === undefined ? undefined : eq(c.status, status),
    productId === undefined ? undefined : eq(affiliatePrograms.productId, productId),
    waits === undefined ? undefined : hasWaiting(waits, now),
  )
}
