import { and, asc, eq } from 'drizzle-orm'
import { affiliateCommissions as c, affiliateLedger, affiliatePrograms, customers, invoices, plans, products } from '#db/schema/all.ts'
import { AppError } from '#domain/error.ts'
import { requirePermission } from '#api/authorize.ts'
import type { Ctx } from '#api/context.ts'
import { commissionColumns, customerOfCommission, productOfProgram, programOfCommission } from './rows.ts'
import { viewCommission } from './view.ts'

/** One commission with how it was computed, what happened to it, and every line that it left in the ledger. One round trip. */
export async function showCommission(ctx: Ctx, { id }: { id: string }) {
  const { userId } = requirePermission(ctx, 'affiliation.own_commissions')
  const own = and(eq(c.id, id), eq(c.affiliateId, userId))
  const [rows, lines] = await ctx.db.batch([
    ctx.db
      .select({ row: commissionColumns, computed: computedColumns })
      .from(c)
      .innerJoin(affiliatePrograms, programOfCommission)
      .innerJoin(products, productOfProgram)
      .leftJoin(customers, customerOfCommission)
      .leftJoin(invoices, eq(invoices.id, c.invoiceId))
      .leftJoin(plans, eq(plans.id, invoices.planId))
      .where(own)
      .limit(1),
    ctx.db
      .select(lineColumns)
      .from(affiliateLedger)
      .innerJoin(c, eq(c.id, affiliateLedger.commissionId))
      .where(own)
      .orderBy(asc(affiliateLedger.createdAt), asc(affiliateLedger.transactionId), asc(affiliateLedger.account)),
  ])
  const [found] = rows
  if (!found) throw new AppError('not_found')
  const { metadata, ...computed } = found.computed
  const commission = viewCommission(found.row, ctx.locale, ctx.now)
  return { ...commission, ...computed, calculation: frozen(metadata), history: historyOf(found.row, lines), ledger: lines }
}

const computedColumns = {
  /** The tax-exclusive amount of the invoice that the rate applies to. */
  baseCents: c.baseAmount,
  /** Ten-thousandths, points of a boost included. */
  rateApplied: c.rateApplied,
  lockPeriodDays: c.lockPeriodDays,
  policyVersion: c.policyVersion,
  metadata: c.metadata,
  invoiceKind: invoices.kind,
  planName: plans.name,
}

const lineColumns = {
  id: affiliateLedger.id,
  transactionId: affiliateLedger.transactionId,
  type: affiliateLedger.type,
  account: affiliateLedger.account,
  amountCents: affiliateLedger.amount,
  balanceAfterCents: affiliateLedger.balanceAfter,
  description: affiliateLedger.description,
  eventAt: affiliateLedger.eventAt,
  createdAt: affiliateLedger.createdAt,
}

/** Only the parts of the frozen calculation that an affiliate is shown; the column may hold the owner's own notes. */
function frozen(metadata: Record<string, unknown> | null) {
  const { riskLevel = null, accountAge = null, splitRatio = null, boosts = [], rateType = null, rate = null } = metadata ?? {}
  return {
    riskLevel: word(riskLevel),
    accountAgeDays: number(accountAge),
    split: splitOf(splitRatio),
    boosts: boostsOf(boosts),
    rateType: word(rateType),
    rate: number(rate),
  }
}

function splitOf(value: unknown): { mainPercent: number; extendedPercent: number } | null {
  if (typeof value !== 'object' || value === null || !('mainPercent' in value) || !('extendedPercent' in value)) return null
  return { mainPercent: Number(value.mainPercent), extendedPercent: Number(value.extendedPercent) }
}

function boostsOf(value: unknown): { boostType: string | null; boostValue: number | null }[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((boost: unknown) => {
    if (typeof boost !== 'object' || boost === null) return []
    const { boostType = null, boostValue = null }: Record<string, unknown> = { ...boost }
    return [{ boostType: word(boostType), boostValue: number(boostValue) }]
  })
}

function word(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function number(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}

interface Step {
  what: 'earned' | 'held' | 'released' | 'main_matured' | 'extended_matured' | 'clawed_back' | 'reinstated' | 'disputed'
  at: Date
  cents: number | null
}

type Dated = Pick<
  Parameters<typeof viewCommission>[0],
  'earnedAt' | 'totalCents' | 'status' | 'releasedAt' | 'mainMaturedAt' | 'extendedMaturedAt' | 'disputedAt'
>
type Line = { type: string; account: string; amountCents: number; eventAt: Date }

/** What happened, oldest first. The marks of the row say when parts matured, the ledger when money was taken back or given again. */
function historyOf(row: Dated, lines: readonly Line[]): Step[] {
  const taken = (type: string, what: Step['what']) =>
    lines
      .filter((line) => line.type === type && line.account === 'PLATFORM')
      .map((line): Step => ({ what, at: line.eventAt, cents: Math.abs(line.amountCents) }))
  const mark = (what: Step['what'], at: Date | null, cents: number | null = null): Step[] => (at ? [{ what, at, cents }] : [])
  const steps = [
    ...mark('earned', row.earnedAt, row.totalCents),
    ...(row.status === 'PENDING_LOCK' ? mark('held', row.earnedAt) : []),
    ...mark('released', row.releasedAt),
    ...mark('disputed', row.disputedAt),
    ...mark('main_matured', row.mainMaturedAt),
    ...mark('extended_matured', row.extendedMaturedAt),
    ...taken('COMMISSION_CLAWED_BACK', 'clawed_back'),
    ...taken('COMMISSION_REINSTATED', 'reinstated'),
  ]
  return steps.toSorted((a, b) => a.at.getTime() - b.at.getTime())
}
