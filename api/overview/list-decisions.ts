import { sql, type SQL } from 'drizzle-orm'
import type * as z from 'zod/mini'
import { paymentAttempts, webhookInbox } from '#db/schema/all.ts'
import { requirePermission } from '#api/authorize.ts'
import type { Ctx } from '#api/context.ts'
import { PageQuery } from '#api/params.ts'
import { viewDiscrepancy, selectDiscrepancies, type DiscrepancyRow } from '#api/selling/payment/discrepancy-rows.ts'
import { ABOUT, viewMoneyBack, OPEN_MONEY_BACK, selectMoneyBack, type MoneyBackRow } from '#api/selling/payment/money-back-rows.ts'

export const ListDecisions = PageQuery

type Page = z.infer<typeof ListDecisions>

/** What waits for the owner, one page of it: money that fits no order, and money that went back without us. Owner only. */
export async function listDecisions(ctx: Ctx, page: Page) {
  requirePermission(ctx, 'selling.revenue')
  return viewDecisions(ctx, page, await ctx.db.batch(selectDecisions(ctx, page)))
}

interface Waiting extends Record<string, unknown> {
  total: number
  ids: string[]
}

/**
 * Of refunds and disputes the newest message about each, and of a refund that is told in both ways the one that speaks of it. A dispute that is not
 * decided stands first, because it is lost on a day that the processor sets; one that nobody can read may be such a one.
 */
const waiting = sql`
  select a.id, false as urgent, a."discrepancyAt" as since from ${paymentAttempts} a where a.discrepancy is not null and a."discrepancyResolvedAt" is null
  union all
  select id, urgent, since from (
    select distinct on (${ABOUT}) w.id, w."receivedAt" as since,
      w."eventType" like 'charge.dispute.%' and coalesce(w.payload #>> '{data,object,status}', '') not in ('won', 'lost', 'prevented', 'warning_closed') as urgent
    from (${OPEN_MONEY_BACK}) w
    where not (w."eventType" = 'charge.refunded' and exists (
      select from ${webhookInbox} r where r."processorId" = w."processorId" and r."eventType" like 'refund.%' and r.payload is not null))
    order by ${ABOUT}, w.payload -> 'created' desc nulls last, w."receivedAt" desc, w.id) newest`

export function selectDecisions(ctx: Ctx, { page, size }: Page) {
  const order = sql`order by urgent desc, since, id`
  const onPage = sql`select * from (${waiting}) waiting ${order} limit ${size} offset ${(page - 1) * size}`
  const ids: SQL = sql`(select id from (${onPage}) shown)`
  return [
    ctx.db.execute<Waiting>(sql`select (select count(*)::int from (${waiting}) waiting) as total,
      (select coalesce(jsonb_agg(id ${order}), '[]') from (${onPage}) shown) as ids`),
    selectDiscrepancies(ctx, sql`${paymentAttempts.id} in ${ids}`, size),
    selectMoneyBack(ctx, ids),
  ] as const
}

type Answers = readonly [counted: { rows: Waiting[] }, discrepancies: DiscrepancyRow[], moneyBack: { rows: MoneyBackRow[] }]

export function viewDecisions(ctx: Ctx, { size }: Page, [counted, discrepancies, moneyBack]: Answers) {
  const rows = [
    ...discrepancies.map((row) => ({ what: 'discrepancy' as const, ...viewDiscrepancy(row) })),
    ...moneyBack.rows.map((row) => ({ what: 'money-back' as const, ...viewMoneyBack(ctx, row) })),
  ]
  const [{ total, ids } = { total: 0, ids: [] }] = counted.rows
  return { total, size, rows: rows.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)) }
}
