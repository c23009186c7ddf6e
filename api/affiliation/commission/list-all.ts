import { and, asc, count, desc, eq, sum, type SQL } from 'drizzle-orm'
import * as z from 'zod/mini'
import { affiliateCommissions as c, affiliatePrograms, customers, invoices, products, stamUsers, weoktoUsers } from '#db/schema/all.ts'
import { AFFILIATE_COMMISSION_STATUSES } from '#domain/affiliation/enums.ts'
import { HOLD_REASONS, holdText } from '#domain/affiliation/hold.ts'
import { Id } from '#domain/base/id.ts'
import { requirePermission } from '#api/authorize.ts'
import type { Ctx } from '#api/context.ts'
import { PageQuery } from '#api/params.ts'
import { holdsText, searchText } from '#api/search-text.ts'
import { commissionColumns, customerOfCommission, productOfProgram, programOfCommission } from './rows.ts'
import { viewCommission } from './view.ts'

export const ListAllCommissions = z.extend(PageQuery, {
  status: z.optional(z.enum(AFFILIATE_COMMISSION_STATUSES)),
  affiliateId: z.optional(Id),
  q: z.optional(searchText),
  sort: z._default(z.enum(['earnedAt', 'totalCents', 'lockedUntil', 'decideBy']), 'earnedAt'),
  direction: z._default(z.enum(['asc', 'desc']), 'desc'),
})

export type ListAllCommissions = z.infer<typeof ListAllCommissions>

/** Everybody's commissions, with who earned them on whose purchase and, for held ones, why. Owner only. */
export async function listAllCommissions(ctx: Ctx, { status, affiliateId, q, sort, direction, page, size }: ListAllCommissions) {
  requirePermission(ctx, 'affiliation.commissions')
  const shown = and(
    status === undefined ? undefined : eq(c.status, status),
    affiliateId === undefined ? undefined : eq(c.affiliateId, affiliateId),
    holdsText(q, [weoktoUsers.email, weoktoUsers.displayName, stamUsers.email, invoices.number, products.name]),
  )
  const [rows, totals] = await ctx.db.batch([select(ctx, shown, orderOf(sort, direction), size, (page - 1) * size), total(ctx, shown)])
  const commissions = rows.map(({ row, ...owner }) => ({
    ...viewCommission(row, ctx.locale, ctx.now),
    ...owner,
    heldBecause: heldBecause(ctx, row),
  }))
  return { commissions, total: totals[0]?.total ?? 0, sumCents: Number(totals[0]?.cents ?? 0), page, size }
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

function select({ db }: Ctx, shown: SQL | undefined, order: SQL[], limit: number, offset: number) {
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
    .offset(offset)
}

function total({ db }: Ctx, shown: SQL | undefined) {
  return db
    .select({ total: count(), cents: sum(c.totalAmount) })
    .from(c)
    .innerJoin(weoktoUsers, eq(weoktoUsers.id, c.affiliateId))
    .innerJoin(affiliatePrograms, programOfCommission)
    .innerJoin(products, productOfProgram)
    .leftJoin(customers, customerOfCommission)
    .leftJoin(stamUsers, eq(stamUsers.id, customers.stamUserId))
    .leftJoin(invoices, eq(invoices.id, c.invoiceId))
    .where(shown)
}

function orderOf(sort: ListAllCommissions['sort'], direction: ListAllCommissions['direction']): SQL[] {
  const column = { earnedAt: c.earnedAt, totalCents: c.totalAmount, lockedUntil: c.lockedUntil, decideBy: c.decideBy }[sort]
  const way = direction === 'asc' ? asc : desc
  return [way(column), way(c.id)]
}
