import { desc, eq } from 'drizzle-orm'
import * as z from 'zod/mini'
import { paymentAttempts, webhookInbox } from '#db/schema/all.ts'
import type { Ctx } from '#api/context.ts'
import type { ProcessorEvent } from '#api/processor/port.ts'
import { storable } from '#api/webhook/storable.ts'

export type MoneyBackEvent = ProcessorEvent & { kind: 'refund' | 'refunded' | 'dispute' | 'unreadable' | 'foreign' }

/** `stored`: of a payment of ours · `unreadable`: of nobody knows which · `foreign`: of no payment that we know · `repeat`: it was here before. */
export type StoredMoneyBack = 'stored' | 'unreadable' | 'foreign' | 'repeat'

/**
 * A refund or a dispute, as it came and before it is understood: whatever becomes of it later, nothing that gives money back is answered and dropped.
 * It waits with `handledAt` null until somebody deals with it.
 */
export async function storeMoneyBack(ctx: Ctx, event: MoneyBackEvent, bodyHash: string): Promise<StoredMoneyBack> {
  const processorId = paymentOf(event)
  const attemptId = processorId === null ? null : await attemptOf(ctx, processorId)
  const outcome = attemptId !== null ? 'stored' : event.kind === 'unreadable' && processorId === null ? 'unreadable' : 'foreign'
  const stored = await ctx.db
    .insert(webhookInbox)
    .values({
      id: ctx.newId(),
      source: 'processor',
      attemptId,
      bodyHash,
      receivedAt: ctx.now,
      outcome,
      eventId: event.eventId,
      eventType: event.type,
      processorId,
      payload: storable(outcome === 'foreign' ? outlineOf(event.payload) : event.payload),
    })
    .onConflictDoNothing()
    .returning({ id: webhookInbox.id })
  return stored.length > 0 ? outcome : 'repeat'
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
