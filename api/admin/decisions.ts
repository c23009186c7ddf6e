import { and, isNotNull, isNull, sql } from 'drizzle-orm'
import { customers, invoices, paymentAttempts, products, stamUsers, webhookInbox } from '#db/schema/all.ts'
import type { Ctx } from '#api/context.ts'
import { discrepancyView, selectDiscrepancies, type DiscrepancyRow } from '#api/payment/discrepancy-rows.ts'
import { ProcessorUnknown, type ProcessorEvent } from '#api/processor/port.ts'

/** The oldest are shown first; what does not fit shows as soon as those are dealt with. */
const MOST = 50

export function openDiscrepancies(ctx: Ctx) {
  return selectDiscrepancies(ctx, and(isNotNull(paymentAttempts.discrepancy), isNull(paymentAttempts.discrepancyResolvedAt)), MOST + 1)
}

interface MoneyBackRow extends Record<string, unknown> {
  id: string
  processorId: string | null
  payload: unknown
  /** As milliseconds, because a bare timestamp would be read in the machine's own time zone. */
  receivedMs: number
  buyerEmail: string | null
  productName: string | null
  invoiceNumber: string | null
}

/**
 * Refunds and disputes that arrived and that nobody has dealt with: of each the newest message, and of a refund that is told in both ways the one that
 * speaks of it. What is another business's is left out, which is asked of today's payments: one of ours may have been found since.
 */
export function openMoneyBack({ db }: Ctx) {
  const isOpen = sql`w.payload is not null and w."handledAt" is null`
  return db.execute<MoneyBackRow>(sql`
    select * from (
      select distinct on (coalesce(w.payload #>> '{data,object,id}', w.id))
        w.id, w."processorId", w.payload, (extract(epoch from w."receivedAt") * 1000)::float8 as "receivedMs", paid."buyerEmail", paid."productName", paid."invoiceNumber"
      from ${webhookInbox} w
      left join lateral (
        select u.email as "buyerEmail", p.name as "productName", i.number as "invoiceNumber" from ${paymentAttempts} a
        join ${invoices} i on i.id = a."invoiceId" join ${customers} c on c.id = i."customerId"
        join ${stamUsers} u on u.id = c."stamUserId" join ${products} p on p.id = c."productId"
        where a."processorId" = w."processorId" order by a."createdAt" desc limit 1) paid on true
      where ${isOpen} and (paid."buyerEmail" is not null or w.outcome = 'unreadable')
        and not (w."eventType" = 'charge.refunded' and exists (
          select from ${webhookInbox} r where r."processorId" = w."processorId" and r."eventType" like 'refund.%' and r.payload is not null))
      order by coalesce(w.payload #>> '{data,object,id}', w.id), w.payload -> 'created' desc nulls last, w."receivedAt" desc, w.id
    ) newest order by "receivedMs", id limit ${MOST + 1}`)
}

/** What waits for the owner: money that fits no order, and money that went back without us. */
export function decisionsView(ctx: Ctx, discrepancies: DiscrepancyRow[], moneyBack: { rows: MoneyBackRow[] }) {
  return {
    discrepancies: discrepancies.slice(0, MOST).map(discrepancyView),
    moneyBack: moneyBack.rows.slice(0, MOST).map((row) => moneyBackView(ctx, row)),
    hasMore: discrepancies.length > MOST || moneyBack.rows.length > MOST,
  }
}

function moneyBackView(ctx: Ctx, { id, processorId, payload, receivedMs, ...row }: MoneyBackRow) {
  const event = understood(ctx, payload)
  return {
    id,
    processorId,
    ...contentOf(event),
    at: (event?.createdAt ?? new Date(receivedMs)).toISOString(),
    buyerEmail: row.buyerEmail,
    productName: row.productName,
    invoiceNumber: row.invoiceNumber,
  }
}

function understood(ctx: Ctx, payload: unknown): ProcessorEvent | null {
  try {
    return ctx.ports.processor.readEvent(payload)
  } catch (error) {
    if (error instanceof ProcessorUnknown) return null
    throw error
  }
}

function contentOf(event: ProcessorEvent | null) {
  if (event?.kind === 'refund') return { kind: 'refund' as const, state: event.refund.status, amountCents: event.refund.amountCents }
  if (event?.kind === 'refunded') return { kind: 'refund' as const, state: 'succeeded' as const, amountCents: event.total.amountCents }
  if (event?.kind === 'dispute') return { kind: 'dispute' as const, state: event.dispute.state, amountCents: event.dispute.amountCents }
  return { kind: 'unreadable' as const, state: null, amountCents: null }
}
