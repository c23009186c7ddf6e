import { dbError, reloading } from '#db/client.ts'
import { judgeAnswer, TRIAL_USED, type Verdict } from '#domain/selling/settlement.ts'
import type { Ctx } from '#api/context.ts'
import { withCard } from './with-card.ts'
import { loadSettlement, type LoadedSettlement } from './load-settlement.ts'
import { judgeTrial, refuseTrial } from './refuse-trial.ts'
import { writePaid } from './write-paid.ts'
import { writeOutOfPlace } from './write-out-of-place.ts'
import { writeAction, writeDeclined, writeWait } from './write-unpaid.ts'
import { deliveryRecord, INBOX_KEY, inboxRow, type SettleInput } from './inbox.ts'

export interface Settled {
  outcome: Verdict['kind']
  /** Every row of the outbox that it wrote, when these are known; each is one that the sender behind the queue sends. */
  promised: readonly string[] | null
}

/**
 * Fifty deliveries at once meet on one row; each loses to the winner once and then reads that there is nothing left to do. Fifty sales at once of
 * one affiliate lose once for each thing that became so in between (a first commission, a busy week, a card seen before), and none of these becomes
 * undone. What still loses after so many tries is refused, and the vault brings it again.
 */
const TRIES = 8

/**
 * Money in: load → judge → one guarded write of everything that the answer means. Right for any number, order or overlap of deliveries: whoever
 * writes second finds the guard closed, loads again and sees that it is done. A write that was cut off left nothing, so it may be repeated.
 */
export async function settlePayment(ctx: Ctx, input: SettleInput): Promise<Settled> {
  let known = input.loaded
  // What the answer says of the card was not there to be read: the write's guard finds out whether it matters, and then it is read with it.
  let fingerprint: string | null = null
  return reloading(
    async () => {
      const loaded = await withCard(ctx, known ?? (await loadSettlement(ctx, input.attemptId, fingerprint)), input.answer)
      known = undefined
      fingerprint = loaded.attempt.cardFingerprint
      const { attempt, invoice, customer, told } = loaded
      const verdict = await judgeTrial(
        ctx,
        loaded,
        judgeAnswer({ ...attempt, told, invoice, customerStatus: customer.status }, input.answer),
      )
      return { outcome: verdict.kind, promised: await apply(ctx, loaded, verdict, input) }
    },
    {
      tries: TRIES,
      unique: [
        INBOX_KEY,
        'affiliate_commissions_invoiceId_key',
        'affiliate_attributions_one_live_key',
        'affiliate_ledger_idempotencyKey_key',
      ],
    },
  )
}

async function apply(ctx: Ctx, loaded: LoadedSettlement, verdict: Verdict, input: SettleInput): Promise<readonly string[] | null> {
  if (verdict.kind === 'paid') return [await writePaid(ctx, loaded, verdict, deliveryRecord(ctx, input, verdict.kind))]
  if (verdict.kind === 'repeat') return []
  await applyUnpaid(ctx, loaded, verdict, input)
  return null
}

type Unpaid = Exclude<Verdict, { kind: 'paid' | 'repeat' }>

async function applyUnpaid(ctx: Ctx, loaded: LoadedSettlement, verdict: Unpaid, input: SettleInput): Promise<void> {
  const inbox = inboxRow(ctx, input, verdict)
  switch (verdict.kind) {
    case 'wait':
      return ignoringRepeat(writeWait(ctx, loaded, verdict.unknown, inbox))
    case 'action':
      return ignoringRepeat(writeAction(ctx, loaded, verdict, inbox))
    case 'declined':
      return ignoringRepeat((verdict.declineCode === TRIAL_USED ? refuseTrial : writeDeclined)(ctx, loaded, verdict, inbox))
    case 'mismatch':
    case 'paid_twice':
      return ignoringRepeat(writeOutOfPlace(ctx, loaded, verdict, input.answer, inbox))
  }
}

/** The same body again, for an answer that moved no money: it was stored with its effect, so there is nothing to do. */
async function ignoringRepeat(write: Promise<void>): Promise<void> {
  try {
    await write
  } catch (error) {
    if (dbError(error)?.constraint !== INBOX_KEY) throw error
  }
}
