import { and, eq, type SQL } from 'drizzle-orm'
import * as z from 'zod/mini'
import { affiliateCommissions as c, affiliatePrograms, customers, invoices, products, stamUsers, weoktoUsers } from '#db/schema/all.ts'
import { AFFILIATE_COMMISSION_STATUSES } from '#domain/affiliation/enums.ts'
import { HOLD_REASONS, holdText } from '#domain/affiliation/hold.ts'
import { ALL_COMMISSIONS_ORDER } from '#domain/affiliation/lists.ts'
import { Id } from '#domain/base/id.ts'
import { requirePermission } from '#api/authorize.ts'
import type { Ctx } from '#api/context.ts'
import { listInput, listQuery, sumOf, type Counted } from '#api/list-query.ts'
import { holdsText, searchText } from '#api/search-text.ts'
import { commissionColumns, commissionSorts, customerOfCommission, productOfProgram, programOfCommission } from './rows.ts'
import { viewCommission } from './view.ts'

export const ListAllCommissions = z.extend(listInput(ALL_COMMISSIONS_ORDER), {
  status: z.optional(z.enum(AFFILIATE_COMMISSION_STATUSES)),
  affiliateId: z.optional(Id),
  q: z.optional(searchText),
})

export type ListAllCommissions = z.infer<typeof ListAllCommissions>

const table = { order: ALL_COMMISSIONS_ORDER, id: c.id, columns: commissionSorts }

/** Everybody's commissions, with who earned them on whose purchase and, for held ones, why. Owner only. */
export async function listAllCommissions(ctx: Ctx, asked: ListAllCommissions) {
  requirePermission(ctx, 'affiliation.commissions')
  const { status, affiliateId, q } = asked
  const shown = and(
    status === undefined ? undefined : eq(c.status, status),
    affiliateId === undefined ? undefined : eq(c.affiliateId, affiliateId),
    holdsText(q, [weoktoUsers.email, weoktoUsers.displayName, stamUsers.email, invoices.number, products.name]),
  )
  const list = listQuery(table, asked)
  const [rows, totals] = await ctx.db.batch([
    select(ctx, and(shown, list.within), list.order, list.limit),
    sumCommissions(ctx, shown, list.counted),
  ])
  const commissions = rows.map(({ row, ...owner }) => ({
    ...viewCommission(row, ctx.locale, ctx.now),
    ...owner,
    heldBecause: heldBecause(ctx, row),
  }))
  return list.page(commissions, totals)
}

/** The owner reads the full reason; an affiliate's own list says less. */
function heldBecause(ctx: Ctx, { status, heldReasons }: { status: string; heldReasons: string[] }): string[] {
  if (status !== 'PENDING_LOCK') return []
  return HOLD_REASONS.filter((reason) => heldReasons.includes(reason)).map((reason) => holdText(reason, 'owner', ctx.locale))
}

const ownerColumns = {
  affiliateId: c.affiliateId,
  affiliateEmail: weoktoUsers.email,
  affiliateName: weoktoUsers.displayName,
  riskLevel: weoktoUsers.riskLevel,
  buyerEmail: stamUsers.email,
  invoiceId: c.invoiceId,
  invoiceNumber: invoices.number,
  rateApplied: c.rateApplied,
  baseCents: c.baseAmount,
}

function select({ db }: Ctx, shown: SQL | undefined, order: SQL[], limit: number) {
  return db
    .select({ row: commissionColumns, ...ownerColumns })
    .from(c)
    .innerJoin(weoktoUsers, eq(weoktoUsers.id, c.affiliateId))
    .innerJoin(affiliatePrograms, programOfCommission)
    .innerJoin(products, productOfProgram)
    .leftJoin(customers, customerOfCommission)
    .leftJoin(stamUsers, eq(stamUsers.id, customers.stamUserId))
    .leftJoin(invoices, eq(invoices.id, c.invoiceId))
    .where(shown)
    .orderBy(...order)
    .limit(limit)
}

function sumCommissions({ db }: Ctx, shown: SQL | undefined, counted: Counted) {
  return db
    .select({ ...counted, totalCents: sumOf(c.totalAmount) })
    .from(c)
    .innerJoin(weoktoUsers, eq(weoktoUsers.id, c.affiliateId))
    .innerJoin(affiliatePrograms, programOfCommission)
    .innerJoin(products, productOfProgram)
    .leftJoin(customers, customerOfCommission)
    .leftJoin(stamUsers, eq(stamUsers.id, customers.stamUserId))
    .leftJoin(invoices, eq(invoices.id, c.invoiceId))
    .where(shown)
}
