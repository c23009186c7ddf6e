import { eq, sql } from 'drizzle-orm'
import { checkoutSessions, invoices } from '#db/schema/all.ts'
import { orderSummary } from '#domain/catalogue/plan.ts'
import { TRIAL_USED, type Verdict } from '#domain/selling/settlement.ts'
import type { Ctx } from '#api/context.ts'
import { policyOf } from '#api/policy.ts'
import { draftInvoice, invoiceOf } from '#api/selling/checkout/draft-invoice.ts'
import type { LoadedSettlement } from './load-settlement.ts'
import type { InboxWrite } from './inbox.ts'
import { declinedStatements } from './write-unpaid.ts'

/** A trial that would begin for nothing: refusing it takes nothing back. One that cost something stays, because it was paid for. */
const isFreeTrial = ({ attempt, invoice }: LoadedSettlement) => invoice.kind === 'TRIAL' && attempt.kind === 'SETUP'

/** One trial per card: only the processor's answer says which card it was, so a free trial is judged once more here, before it begins. */
export async function judgeTrial(ctx: Ctx, loaded: LoadedSettlement, verdict: Verdict): Promise<Verdict> {
  const { attempt, customer } = loaded
  if (verdict.kind !== 'paid' || !isFreeTrial(loaded) || attempt.cardFingerprint === null) return verdict
  const { rows } = await ctx.db.execute<{ had: boolean }>(
    sql`select others_trial(${customer.productId}, ${attempt.cardFingerprint}, ${customer.id}) as had`,
  )
  return rows[0]?.had === true ? { ...verdict, kind: 'declined', declineCode: TRIAL_USED } : verdict
}

/** What `begin_trial` asks before a trial begins: a free one must still be its card's first, of another the owner is told. */
export function trialRecord({ newId }: Ctx, loaded: LoadedSettlement) {
  const { invoice, customer, attempt } = loaded
  if (invoice.kind !== 'TRIAL' || attempt.cardFingerprint === null) return
  const { id: customerId, productId } = customer
  return { customerId, productId, cardFingerprint: attempt.cardFingerprint, isFree: isFreeTrial(loaded), noteId: newId() }
}

/** Nothing was taken. The order is priced anew, without the trial, so that the page shows what is really due; another card is judged by itself. */
export async function refuseTrial(
  ctx: Ctx,
  loaded: LoadedSettlement,
  verdict: Verdict & { kind: 'declined' },
  inbox: InboxWrite,
): Promise<void> {
  const { checkout, invoice, plan, customer } = loaded
  const summary = orderSummary(plan, {
    country: invoice.country,
    policy: policyOf(loaded.policyRow),
    now: ctx.now,
    returning: customer.status === 'EXPIRED',
    trialUsed: true,
  })
  const { db } = ctx
  const id = checkout?.id ?? ''
  await db.batch([
    // Locked in the order in which a payment locks them: the same answer may come twice at this moment, and be judged both ways.
    db.execute(sql`select id from ${invoices} where id = ${invoice.id} for update`),
    ...declinedStatements(ctx, loaded, verdict),
    ...(checkout ? draftInvoice(ctx, { checkout, invoice, plan, customerId: customer.id, summary }) : []),
    db
      .update(checkoutSessions)
      .set({ invoiceId: invoiceOf(id), updatedAt: ctx.now })
      .where(eq(checkoutSessions.id, id)),
    ...inbox,
  ])
}
