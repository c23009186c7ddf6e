import { AppError } from '#domain/error.ts'
import { chargeWebhook } from '#api/adapters/pci-vault/webhook.ts'
import type { Ctx } from '#api/context.ts'
import { sha256Hex } from '#api/crypto.ts'
import { proveSender } from '#api/webhooks/prove-sender.ts'
import { readJson } from '#api/webhooks/read-json.ts'
import { loadSettlement } from './load-settlement.ts'
import { settlePayment, type Settled } from './settle-payment.ts'

/** The processor's answer to a charge, as the vault passed it on. The body is a hint: what it says is checked against our own rows. */
export async function receiveCharge(ctx: Ctx, input: { attemptId: string; secret: string | undefined; body: string }): Promise<Settled> {
  if (!input.secret) throw new AppError('unauthorized')
  // One read serves both the proof and the decision: a paid webhook costs two round trips in all.
  const loaded = await loadSettlement(ctx, input.attemptId)
  await proveSender(ctx, loaded.attempt, input.secret)
  const parsed = chargeWebhook.safeParse(readJson(input.body))
  if (!parsed.success) throw new AppError('invalid_input')
  const answer = ctx.ports.processor.parseAnswer(parsed.data.httpStatus, parsed.data.bodyText)
  return settlePayment(ctx, {
    attemptId: input.attemptId,
    answer,
    delivery: { source: 'pci-vault', bodyHash: await sha256Hex(input.body) },
    loaded,
  })
}
