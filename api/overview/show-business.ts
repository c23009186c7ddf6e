import { count, desc, inArray, sql, sum } from 'drizzle-orm'
import { givesAccess } from '#db/open-purchase.ts'
import { parisDayText, parisMonthText, startOfParisDate } from '#db/paris.ts'
import { affiliateBalances, affiliateCommissions, customers, invoices, refunds } from '#db/schema/all.ts'
import type { LedgerAccount } from '#domain/affiliation/enums.ts'
import { parisDay, daysUpTo } from '#domain/base/paris.ts'
import { requirePermission } from '#api/authorize.ts'
import type { Ctx } from '#api/context.ts'
import { selectAllInvoices } from '#api/selling/invoice/rows.ts'
import { loadChargesByButton } from '#api/selling/payment/charges-by-button.ts'
import { selectDecisions, viewDecisions } from './list-decisions.ts'

const DAYS = 30
const RECENT = 10
/** So many stand above the figures; the rest are a page further. */
const DECISIONS = { page: 1, size: 8 }

/** The owner's first look: what waits for a decision, what came in, what is owed and when, and the newest sales. Two questions at once. Owner only. */
export async function showBusiness(ctx: Ctx) {
  requirePermission(ctx, 'selling.revenue')
  const both = daysUpTo(parisDay(ctx.now), 2 * DAYS)
  const [[revenue, refunded, balances, releases, subscribers, recent, ...decisions], charges] = await Promise.all([
    load(ctx, both[0] ?? ''),
    loadChargesByButton(ctx),
  ])
  const days = both.slice(DAYS)
  const previous = both.slice(0, DAYS)
  const byDay = new Map(revenue.rows.map((row) => [row.day, row]))
  return {
    decisions: viewDecisions(ctx, DECISIONS, decisions),
    period: {
      days: DAYS,
      revenue: days.map((day, n) => ({
        day,
        amountCents: byDay.get(day)?.amountCents ?? 0,
        salesCount: byDay.get(day)?.salesCount ?? 0,
        previousCents: byDay.get(previous[n] ?? '')?.amountCents ?? 0,
      })),
      now: { ...totals(days, byDay), refundedCents: refundedIn(refunded.rows, days) },
      before: { ...totals(previous, byDay), refundedCents: refundedIn(refunded.rows, previous) },
    },
    owed: { ...viewOwed(balances), releases: releases.rows },
    subscribers: Object.fromEntries(subscribers.map((row) => [row.status, row.people])),
    recent,
    charges,
  }
}

type Day = { day: string; amountCents: number; taxCents: number; salesCount: number }

function load(ctx: Ctx, since: string) {
  const { db } = ctx
  // The first day begins at midnight in Paris; the index on the instant serves the comparison.
  const from = startOfParisDate(sql`${since}::date`)
  return db.batch([
    db.execute<Day>(sql`select ${parisDayText(sql`"paidAt"`)} as day, sum("amountIncludingTax")::int as "amountCents", sum("taxAmount")::int as "taxCents", count(*)::int as "salesCount"
      from ${invoices} where "paidAt" >= ${from} and status in ('PAID', 'REFUNDED') group by 1`),
    db.execute<{ day: string; cents: number }>(sql`select ${parisDayText(sql`"processedAt"`)} as day, sum(amount)::int as cents
      from ${refunds} where "processedAt" >= ${from} and status = 'PROCESSED' group by 1`),
    db
      .select({ account: affiliateBalances.account, cents: sum(affiliateBalances.balance) })
      .from(affiliateBalances)
      .groupBy(affiliateBalances.account),
    selectReleases(ctx),
    db.select({ status: customers.status, people: count() }).from(customers).where(givesAccess(customers.status)).groupBy(customers.status),
    selectAllInvoices(ctx, inArray(invoices.status, ['PAID', 'REFUNDED']), [desc(invoices.paidAt), desc(invoices.id)], RECENT),
    ...selectDecisions(ctx, DECISIONS),
  ])
}

/** What everybody's locked commissions release, by month of Paris; null stands for what waits for a decision. */
function selectReleases({ db }: Ctx) {
  return db.execute<{ month: string | null; cents: number }>(sql`
    with parts as (
      select c.status, c."lockedUntil" as until, remaining_main(c) as cents from ${affiliateCommissions} c where ${OPEN} and c."mainMaturedAt" is null
      union all
      select c.status, coalesce(c."extendedLockedUntil", c."maturesAt"), remaining_extended(c) from ${affiliateCommissions} c where ${OPEN} and c."extendedMaturedAt" is null)
    select case when status <> 'PENDING_LOCK' then ${parisMonthText(sql`until`)} end as month, sum(cents)::int as cents
    from parts where cents > 0 group by 1 order by 1 nulls first`)
}

const OPEN = sql`c.status in ('PENDING_LOCK', 'LOCKED', 'PARTIALLY_MATURED')`

function totals(days: readonly string[], byDay: ReadonlyMap<string, Day>) {
  const rows = days.flatMap((day) => byDay.get(day) ?? [])
  const add = (key: 'amountCents' | 'taxCents' | 'salesCount') => rows.reduce((total, row) => total + row[key], 0)
  return { amountCents: add('amountCents'), taxCents: add('taxCents'), salesCount: add('salesCount') }
}

function refundedIn(rows: readonly { day: string; cents: number }[], days: readonly string[]): number {
  return rows.filter((row) => days.includes(row.day)).reduce((total, row) => total + row.cents, 0)
}

/** All affiliates' accounts together: what is owed to them is the negative of the platform's side. */
function viewOwed(balances: readonly { account: LedgerAccount; cents: string | null }[]) {
  const of = (account: LedgerAccount) => Number(balances.find((row) => row.account === account)?.cents ?? 0)
  return {
    totalCents: 0 - of('PLATFORM'),
    lockedCents: of('LOCKED'),
    availableCents: of('AVAILABLE'),
    inWithdrawalCents: of('RESERVED') + of('PAYABLE'),
    debtCents: 0 - of('DEBT'),
  }
}
