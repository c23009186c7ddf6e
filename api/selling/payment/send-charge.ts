import { and, eq } from 'drizzle-orm'
import { paymentAttempts } from '#db/schema/all.ts'
import { AppError } from '#domain/error.ts'
import type { PaymentAttemptKind } from '#domain/selling/enums.ts'
import { VaultRefused, VaultUnknown } from '#api/adapters/pci-vault/port.ts'
import type { Ctx } from '#api/context.ts'
import { log } from '#api/log.ts'
import { settlePayment } from './settle-payment.ts'

export interface Charge {
  attemptId: string
  invoiceId: string
  checkoutId: string
  kind: PaymentAttemptKind
  amountCents: number
  currency: string
  description: string
  card: { token: string; reference: string }
  returnUrl: string
  webhook: { url: string; secret: string }
}

/**
 * Hands one recorded attempt to the vault, once. The vault's 200 says accepted, nothing more; its webhook brings the answer, perhaps before
 * this function goes on, therefore every write here only moves the attempt forward from CREATED.
 */
export async function sendCharge(ctx: Ctx, charge: Charge): Promise<void> {
  try {
    await ctx.ports.vault.proxyCharge({
      token: charge.card.token,
      reference: charge.card.reference,
      request: templateOf(ctx, charge),
      webhook: charge.webhook,
    })
  } catch (error) {
    if (error instanceof VaultRefused) return refused(ctx, charge, error)
    if (error instanceof VaultUnknown) return uncertain(ctx, charge)
    // Anything else broke on our side of the wire, where nobody can tell whether the request left.
    await uncertain(ctx, charge)
    throw error
  }
  await advance(ctx, charge, { status: 'SENT', sentAt: ctx.now })
}

function templateOf(ctx: Ctx, charge: Charge) {
  const common = {
    idempotencyKey: charge.attemptId,
    description: charge.description,
    metadata: { attemptId: charge.attemptId, invoiceId: charge.invoiceId },
    returnUrl: charge.returnUrl,
  }
  if (charge.kind === 'SETUP') return ctx.ports.processor.setupTemplate(common)
  return ctx.ports.processor.chargeTemplate({ ...common, amountCents: charge.amountCents, currency: charge.currency, offSession: false })
}

/** The vault says that it did not and will not send: nothing was charged, another try may follow. */
async function refused(ctx: Ctx, charge: Charge, error: VaultRefused): Promise<void> {
  log(ctx, 'charge_refused_by_vault', { status: error.status })
  await settlePayment(ctx, {
    attemptId: charge.attemptId,
    answer: {
      kind: 'declined',
      declineCode: 'vault_refused',
      intent: charge.kind,
      processorId: null,
      processorStatus: 'vault_refused',
      amountCents: charge.amountCents,
      currency: charge.currency,
      invoiceId: charge.invoiceId,
      attemptId: charge.attemptId,
    },
  })
  throw new AppError('unavailable')
}

/** Perhaps sent, perhaps not: never called failed. The reconciliation asks the processor before anything is tried again. */
async function uncertain(ctx: Ctx, charge: Charge): Promise<void> {
  await advance(ctx, charge, { status: 'UNKNOWN', sentAt: ctx.now, nextReconcileAt: new Date(ctx.now.getTime() + 60_000) })
}

async function advance(ctx: Ctx, charge: Charge, values: Partial<typeof paymentAttempts.$inferInsert>): Promise<void> {
  await ctx.db
    .update(paymentAttempts)
    .set({ ...values, updatedAt: ctx.now })
    .where(and(eq(paymentAttempts.id, charge.attemptId), eq(paymentAttempts.status, 'CREATED')))
}
