import { shutSockets } from '#api/community/channel/shut-sockets.ts'
import type { Ctx } from '#api/context.ts'
import { unseal } from '#api/crypto.ts'
import { sendReceipt, type Receipts } from '#api/selling/invoice/send-receipt.ts'
import { sendDiscrepancyMail } from '#api/selling/payment/send-discrepancy-mail.ts'
import { sendDisputeMail } from '#api/selling/payment/send-dispute-mail.ts'
import { OutboxMail, type OutboxKind } from './enqueue.ts'

/** A row as its sender holds it. */
export interface ClaimedRow {
  id: string
  kind: string
  payload: string
  attempts: number
}

/** `hasMore`: what was sent wrote a further row. */
type Sender = (ctx: Ctx, row: ClaimedRow, receipts: Promise<Receipts>) => Promise<void | { hasMore: boolean }>

const SENDERS: Readonly<Record<OutboxKind, Sender>> = {
  mail: async (ctx, { id, payload }) => {
    const mail = OutboxMail.parse(JSON.parse(await unseal(ctx.config.SEAL_KEY, payload)))
    await ctx.ports.mailer.send({ ...mail, idempotencyKey: id })
  },
  receipt: async (ctx, { id, payload }, receipts) => sendReceipt(ctx, await receipts, payload, id),
  'owner-alert': (ctx, { id, payload }) => sendDiscrepancyMail(ctx, payload, id),
  'dispute-alert': (ctx, { id, payload }) => sendDisputeMail(ctx, payload, id),
  'delete-capture': (ctx, { payload }) => ctx.ports.vault.deleteCapture(payload),
  'close-sockets': shutSockets,
}

const isKnown = (kind: string): kind is OutboxKind => Object.hasOwn(SENDERS, kind)

/** Does what a row promises. Rejects when that is not certain: then it is tried again, so each kind bears being sent twice. */
export async function sendRow(ctx: Ctx, row: ClaimedRow, receipts: Promise<Receipts>): Promise<{ hasMore: boolean }> {
  if (!isKnown(row.kind)) throw new Error(`Nothing sends outbox rows of kind ${row.kind}.`)
  return (await SENDERS[row.kind](ctx, row, receipts)) ?? { hasMore: false }
}
