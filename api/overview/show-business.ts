import { count, desc, sql, sum, type AnyColumn } from 'drizzle-orm'
import { givesAccess } from '#db/open-purchase.ts'
import { parisDayText } from '#db/paris.ts'
import { affiliateBalances, customers, invoices, refunds } from '#db/schema/all.ts'
import type { LedgerAccount } from '#domain/affiliation/enums.ts'
import { parisDay, daysUpTo, type Days } from '#domain/base/paris.ts'
import { selectReleasesByMonth } from '#api/affiliation/commission/locked-parts.ts'
import { requirePermission } from '#api/authorize.ts'
import type { Ctx } from '#api/context.ts'
import { refundedOn, selectAllInvoices, soldOn } from '#api/selling/invoice/rows.ts'
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
  const [[sold, refunded, balances, releases, subscribers, recent, ...decisions], charges] = await Promise.all([
    load(ctx, { from: both[0] ?? '', to: both.at(-1) ?? '' }),
    loadChargesByButton(ctx),
  ])
  const days = both.slice(DAYS)
  const previous = both.slice(0, DAYS)
  const byDay = new Map(sold.map((row) => [row.day, row]))
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
      now: { ...totals(days, byDay), refundedCents: refundedIn(refunded, days) },
      before: { ...totals(previous, byDay), refundedCents: refundedIn(refunded, previous) },
    },
    owed: { ...viewOwed(balances), releases: releases.rows },
    subscribers: Object.fromEntries(subscribers.map((row) => [row.status, row.people])),
    recent,
    charges,
  }
}

type Day = { day: string; amountCents: number; taxCents: number; salesCount: number }

function load(ctx: Ctx, days: Days) {
  const { db } = ctx
  const total = (column: AnyColumn) => sql<number>`sum(${column})`.mapWith(Number)
  const soldDay = parisDayText(sql`${invoices.paidAt}`)
  const refundDay = parisDayText(sql`${refunds.processedAt}`)
  return db.batch([
    db
      .select({
        day: sql<string>`${soldDay}`,
        amountCents: total(invoices.amountIncludingTax),
        taxCents: total(invoices.taxAmount),
        salesCount: count(),
      })
      .from(invoices)
      .where(soldOn(days))
      .groupBy(soldDay),
    db
      .select({ day: sql<string>`${refundDay}`, cents: total(refunds.amount) })
      .from(refunds)
      .where(refundedOn(days))
      .groupBy(refundDay),
    db
      .select({ account: affiliateBalances.account, cents: sum(affiliateBalances.balance) })
      .from(affiliateBalances)
      .groupBy(affiliateBalances.account),
    selectReleasesByMonth(ctx),
    db.select({ status: customers.status, people: count() }).from(customers).where(givesAccess(customers.status)).groupBy(customers.status),
    selectAllInvoices(ctx, soldOn(null), [desc(invoices.paidAt), desc(invoices.id)], RECENT),
    ...selectDecisions(ctx, DECISIONS),
  ])
}

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
