import { desc, eq, sql } from 'drizzle-orm'
import * as z from 'zod/mini'
import { paymentAttempts, webhookInbox } from '#db/schema/all.ts'
import type { ProcessorEvent } from '#api/adapters/processor/port.ts'
import type { Ctx } from '#api/context.ts'
import { outboxStatement } from '#api/outbox/enqueue.ts'
import { storable } from '#api/webhooks/storable.ts'
import { SAYS_ALL } from './money-back-rows.ts'

export type MoneyBackEvent = ProcessorEvent & { kind: 'refund' | 'refunded' | 'dispute' | 'unreadable' | 'foreign' }

/** `stored`: of a payment of ours · `unreadable`: of nobody knows which · `foreign`: of no payment that we know · `repeat`: it was here before. */
export type StoredMoneyBack = 'stored' | 'unreadable' | 'foreign' | 'repeat'

/**
 * A refund or a dispute, as it came and before it is understood: whatever becomes of it later, nothing that gives money back is answered and dropped.
 * It waits with `handledAt` null until the owner says that it has been dealt with. Not so what says no more than a message that has been, nor what
 * names no payment and so can never be ours.
 */
export async function storeMoneyBack(ctx: Ctx, event: MoneyBackEvent, bodyHash: string): Promise<StoredMoneyBack> {
  const processorId = paymentOf(event)
  const disputeId = newDisputeOf(event)
  const [attemptId, isKnown] = await Promise.all([
    processorId === null ? null : attemptOf(ctx, processorId),
    disputeId !== null && isDisputeKnown(ctx, processorId, disputeId),
  ])
  const outcome = attemptId !== null ? 'stored' : event.kind === 'unreadable' && processorId === null ? 'unreadable' : 'foreign'
  const id = ctx.newId()
  const insert = ctx.db
    .insert(webhookInbox)
    .values({
      id,
      source: 'processor',
      attemptId,
      bodyHash,
      receivedAt: ctx.now,
      outcome,
      eventId: event.eventId,
      eventType: event.type,
      processorId,
      payload: storable(outcome === 'foreign' ? outlineOf(event.payload) : event.payload),
      handledAt: outcome === 'foreign' && processorId === null ? ctx.now : null,
    })
    .onConflictDoNothing()
    .returning({ id: webhookInbox.id })
  const saidBefore = ctx.db.execute(sql`update ${webhookInbox} w set "handledAt" = ${ctx.now.toISOString()}::timestamp
    where w.id = ${id} and w."handledAt" is null and exists (select from ${webhookInbox} r where r."handledAt" is not null and ${SAYS_ALL})`)
  const isTold = disputeId !== null && !isKnown && outcome !== 'foreign'
  const [stored] = await ctx.db.batch([
    insert,
    saidBefore,
    ...(isTold ? [outboxStatement(ctx, { kind: 'dispute-alert', payload: id, dedupeKey: `dispute-alert:${disputeId}` })] : []),
  ])
  return stored.length > 0 ? outcome : 'repeat'
}

/** The dispute that must be answered, by the processor's name or else the message's; null for anything else, and for one that is decided. */
function newDisputeOf(event: MoneyBackEvent): string | null {
  if (event.kind === 'dispute') return event.dispute.state === 'opened' ? event.dispute.disputeId : null
  return event.kind === 'unreadable' && event.type === 'charge.dispute.created' ? event.eventId : null
}

/** Whether an earlier message told of it; this one, delivered again, is such a one too. What seemed another business's told nobody. */
async function isDisputeKnown(ctx: Ctx, processorId: string | null, disputeId: string): Promise<boolean> {
  const { rows } = await ctx.db.execute(sql`select from ${webhookInbox} w
    where w.outcome <> 'foreign'
      and (w."eventId" = ${disputeId} or (w."processorId" = ${processorId} and w.payload #>> '{data,object,id}' = ${disputeId})) limit 1`)
  return rows.length > 0
}

function paymentOf(event: MoneyBackEvent): string | null {
  switch (event.kind) {
    case 'refund':
      return event.refund.processorId
    case 'refunded':
      return event.total.processorId
    case 'dispute':
      return event.dispute.processorId
    case 'unreadable':
      return event.processorId
    case 'foreign':
      return null
  }
}

async function attemptOf(ctx: Ctx, processorId: string): Promise<string | null> {
  const [row] = await ctx.db
    .select({ id: paymentAttempts.id })
    .from(paymentAttempts)
    .where(eq(paymentAttempts.processorId, processorId))
    .orderBy(desc(paymentAttempts.createdAt))
    .limit(1)
  return row?.id ?? null
}

/** Of each field what is a short text or a number; anything else is left out. */
const brief = z.pipe(
  z.optional(z.unknown()),
  z.transform((value) => (typeof value === 'number' || (typeof value === 'string' && value.length <= 200) ? value : undefined)),
)
const Outline = z.object({ id: brief, type: brief, created: brief, data: z.optional(z.unknown()) })
const Named = z.object({
  object: z.object({
    id: brief,
    object: brief,
    payment_intent: brief,
    charge: brief,
    amount: brief,
    amount_refunded: brief,
    currency: brief,
    status: brief,
    reason: brief,
  }),
})

/** Of another business of the same account only what names it is kept, so that its messages neither fill our tables nor tell us of its people. */
function outlineOf(payload: unknown): unknown {
  const outline = Outline.safeParse(payload).data
  return outline ? { ...outline, data: Named.safeParse(outline.data).data ?? null } : null
}
