import type { BatchItem } from 'drizzle-orm/batch'
import { webhookInbox } from '#db/schema/all.ts'
import type { PaymentAnswer, Verdict } from '#domain/selling/settlement.ts'
import type { Ctx } from '#api/context.ts'
import type { LoadedSettlement } from './load-settlement.ts'

export interface SettleInput {
  attemptId: string
  answer: PaymentAnswer
  /** The webhook that brought the answer, recorded in the write of its effect; absent when we asked the processor ourselves. */
  delivery?: { source: 'pci-vault' | 'processor'; bodyHash: string }
  /** What the caller has already read, used for the first try. */
  loaded?: LoadedSettlement
}

export const INBOX_KEY = 'webhook_inbox_source_attemptId_bodyHash_key'

/** The delivery in the write of a paid sale; nothing when we asked the processor ourselves. */
export function deliveryRecord(ctx: Ctx, { attemptId, delivery }: SettleInput, outcome: Verdict['kind']) {
  return delivery && { id: ctx.newId(), attemptId, outcome, ...delivery }
}

export type DeliveryRecord = NonNullable<ReturnType<typeof deliveryRecord>>

export function inboxRow(ctx: Ctx, input: SettleInput, verdict: Verdict) {
  if (!input.delivery) return []
  return [
    ctx.db
      .insert(webhookInbox)
      .values({ id: ctx.newId(), attemptId: input.attemptId, receivedAt: ctx.now, outcome: verdict.kind, ...input.delivery }),
  ]
}

/** Statements that go into the write of the effect. */
export type InboxWrite = readonly BatchItem<'pg'>[]
