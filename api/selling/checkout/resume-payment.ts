import type { Ctx } from '#api/context.ts'
import { reconcileAttempt } from '#api/selling/payment/reconcile-payments.ts'
import { loadCheckout, type OwnCheckout } from './load-checkout.ts'

/** Back from the bank, or after a reload: the outcome is read from the processor, never from the address that the buyer came back by. */
export async function resumePayment(ctx: Ctx, input: OwnCheckout): Promise<void> {
  const { attempt, step } = await loadCheckout(ctx, input)
  if (!attempt || (step !== 'BANK' && step !== 'UNCERTAIN' && step !== 'PAYING')) return
  await reconcileAttempt(ctx, attempt)
}
