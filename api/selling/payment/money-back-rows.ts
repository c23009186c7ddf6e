import { sql, type SQL } from 'drizzle-orm'
import { customers, invoices, paymentAttempts, products, stamUsers, webhookInbox } from '#db/schema/all.ts'
import { ProcessorUnknown, type ProcessorEvent } from '#api/adapters/processor/port.ts'
import type { Ctx } from '#api/context.ts'

/** What a stored message `w` is about: a refund, a dispute or a charge at the processor; itself alone where it does not say. */
export const ABOUT = sql`coalesce(w.payload #>> '{data,object,id}', w.id)`

const happened = (alias: SQL) => sql`coalesce(${alias}.payload -> 'created', 'null'::jsonb)`

/** Whether the stored message `r` says all that `w` says: of the same thing and no older, or of a refund in the way that speaks of it by itself. */
export const SAYS_ALL = sql`r."processorId" = w."processorId" and r.id <> w.id and (
  (r.payload #>> '{data,object,id}' = w.payload #>> '{data,object,id}'
    and (${happened(sql`r`)}, r."receivedAt") >= (${happened(sql`w`)}, w."receivedAt"))
  or (w."eventType" = 'charge.refunded' and r."eventType" like 'refund.%'))`

/** Whether the payment that `w` names is one of ours. Asked of today's payments: one of ours may have been found since. */
export const IS_OURS = sql`exists (select from ${paymentAttempts} a where a."processorId" = w."processorId")`

/** What waits for somebody: ours, or of nobody knows which payment. Another business's is in an index of its own, so that it makes no look slower. */
export const OPEN_MONEY_BACK = sql`select * from ${webhookInbox} w where w.payload is not null and w."handledAt" is null and w.outcome <> 'foreign'
  union all
  select * from ${webhookInbox} w
  where w.payload is not null and w."handledAt" is null and w.outcome = 'foreign' and w."processorId" is not null and ${IS_OURS}`

export interface MoneyBackRow extends Record<string, unknown> {
  id: string
  processorId: string | null
  payload: unknown
  /** As milliseconds, because a bare timestamp would be read in the machine's own time zone. */
  receivedMs: number
  buyerEmail: string | null
  productName: string | null
  invoiceNumber: string | null
}

/** Stored messages with whose payment for what they are about: for the owner's eyes. */
export function selectMoneyBack({ db }: Pick<Ctx, 'db'>, ids: SQL) {
  return db.execute<MoneyBackRow>(sql`
    select w.id, w."processorId", w.payload, (extract(epoch from w."receivedAt") * 1000)::float8 as "receivedMs", paid."buyerEmail", paid."productName", paid."invoiceNumber"
    from ${webhookInbox} w
    left join lateral (
      select u.email as "buyerEmail", p.name as "productName", i.number as "invoiceNumber" from ${paymentAttempts} a
      join ${invoices} i on i.id = a."invoiceId" join ${customers} c on c.id = i."customerId"
      join ${stamUsers} u on u.id = c."stamUserId" join ${products} p on p.id = c."productId"
      where a."processorId" = w."processorId" order by a."createdAt" desc limit 1) paid on true
    where w.id in ${ids}`)
}

export function viewMoneyBack(ctx: Ctx, { id, processorId, payload, receivedMs, ...row }: MoneyBackRow) {
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

export type MoneyBack = ReturnType<typeof viewMoneyBack>

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
