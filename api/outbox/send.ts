import type { AddressedMail } from '#api/adapters/mail/port.ts'
import { shutSockets } from '#api/community/channel/shut-sockets.ts'
import type { Ctx } from '#api/context.ts'
import { unseal } from '#api/crypto.ts'
import { composeHealthMails } from '#api/health/health-alert.ts'
import { liftSuppression } from '#api/identity/email/lift-suppression.ts'
import { loadMarks } from '#api/identity/email/statements.ts'
import { composeReceipt, loadReceipts, type Receipts } from '#api/selling/invoice/compose-receipt.ts'
import { composeDiscrepancyMails } from '#api/selling/payment/compose-discrepancy-mails.ts'
import { composeDisputeMails } from '#api/selling/payment/compose-dispute-mails.ts'
import { sendBatch } from './batch.ts'
import type { ClaimedRow } from './claim.ts'
import { COMPOSED_KINDS, OutboxMail, type ComposedKind, type OutboxKind } from './enqueue.ts'
import { inTurn } from './pace.ts'
import { Withheld } from './withheld.ts'

/** What became of a row that was sent. */
export interface Sent {
  /** It wrote a further row. */
  hasMore?: boolean
  /** Rows of a batch whose mails will never be taken, while the others were. */
  refused?: { id: string; reason: string }[]
}

type Sender = (ctx: Ctx, row: ClaimedRow) => Promise<void | Sent>

const SENDERS: Readonly<Record<Exclude<OutboxKind, ComposedKind>, Sender>> = {
  mail: async (ctx, { id, payload }) => {
    const mail = OutboxMail.parse(JSON.parse(await unseal(ctx.config.SEAL_KEY, payload)))
    const mark = (await loadMarks(ctx, [mail.to])).get(mail.to.toLowerCase())
    if (mark !== undefined) throw new Withheld(mail.to, mark)
    await inTurn(ctx, () => ctx.ports.mailer.send({ ...mail, idempotencyKey: id }))
  },
  batch: sendBatch,
  'delete-capture': (ctx, { payload }) => ctx.ports.vault.deleteCapture(payload),
  'close-sockets': shutSockets,
  'lift-suppression': (ctx, { payload }) => liftSuppression(ctx, payload),
}

const isKnown = (kind: string): kind is keyof typeof SENDERS => Object.hasOwn(SENDERS, kind)

/** Does what a row promises. Rejects when that is not certain: then it is tried again, so each kind bears being sent twice. */
export async function sendRow(ctx: Ctx, row: ClaimedRow): Promise<Sent> {
  if (!isKnown(row.kind)) throw new Error(`Nothing sends outbox rows of kind ${row.kind}.`)
  return (await SENDERS[row.kind](ctx, row)) ?? {}
}

type Composer = (ctx: Ctx, row: ClaimedRow, receipts: Promise<Receipts>) => Promise<AddressedMail[]>

const COMPOSERS: Readonly<Record<ComposedKind, Composer>> = {
  receipt: async (ctx, { payload }, receipts) => [composeReceipt(ctx, await receipts, payload)],
  'owner-alert': (ctx, { payload }) => composeDiscrepancyMails(ctx, payload),
  'dispute-alert': (ctx, { payload }) => composeDisputeMails(ctx, payload),
  'health-alert': (ctx, { payload }) => composeHealthMails(ctx, payload),
}

const isComposed = (kind: string): kind is ComposedKind => COMPOSED_KINDS.some((known) => known === kind)

/** The mails of each row, or why they cannot be composed, which keeps no other row's from being sent. */
export async function composeRows(ctx: Ctx, rows: readonly ClaimedRow[]): Promise<PromiseSettledResult<AddressedMail[]>[]> {
  // Awaited by the receipts alone.
  const receipts = loadReceipts(
    ctx,
    rows.filter(({ kind }) => kind === 'receipt').map(({ payload }) => payload),
  )
  const compose = async (row: ClaimedRow): Promise<AddressedMail[]> => {
    if (!isComposed(row.kind)) throw new Error(`Nothing composes mails of kind ${row.kind}.`)
    return COMPOSERS[row.kind](ctx, row, receipts)
  }
  return withoutMarked(ctx, await Promise.allSettled(rows.map(compose)))
}

/** Of each row's mails those to addresses that may be written to; a row that has none left is withheld. */
async function withoutMarked(ctx: Ctx, results: PromiseSettledResult<AddressedMail[]>[]): Promise<PromiseSettledResult<AddressedMail[]>[]> {
  const marks = await loadMarks(
    ctx,
    results.flatMap((result) => (result.status === 'fulfilled' ? result.value.map(({ to }) => to) : [])),
  )
  return results.map((result) => {
    if (result.status === 'rejected') return result
    const value = result.value.filter(({ to }) => !marks.has(to.toLowerCase()))
    const [first] = result.value
    const mark = first && marks.get(first.to.toLowerCase())
    return value.length > 0 || first === undefined || mark === undefined
      ? { status: 'fulfilled', value }
      : { status: 'rejected', reason: new Withheld(first.to, mark) }
  })
}
