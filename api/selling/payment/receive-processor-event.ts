import { isId } from '#domain/base/id.ts'
import { AppError } from '#domain/error.ts'
import { BadSignature, ProcessorUnknown, type ProcessorEvent } from '#api/adapters/processor/port.ts'
import type { Ctx } from '#api/context.ts'
import { sha256Hex } from '#api/crypto.ts'
import { settlePayment, type Settled } from './settle-payment.ts'
import { storeMoneyBack, type StoredMoneyBack } from './store-money-back.ts'

interface ToldOther {
  outcome: StoredMoneyBack | 'ignored'
  promised: Settled['promised']
}

const IGNORED: ToldOther = { outcome: 'ignored', promised: [] }

/** The processor's own signed messages: how an attempt ends that went by way of the buyer's bank, and what gives money back. */
export async function receiveProcessorEvent(ctx: Ctx, input: { signature: string | null; body: string }): Promise<Settled | ToldOther> {
  const event = await read(ctx, input)
  if (event.kind === 'ignored') return IGNORED
  const bodyHash = await sha256Hex(input.body)
  if (event.kind !== 'payment') return { outcome: await storeMoneyBack(ctx, event, bodyHash), promised: null }
  if (event.answer.kind === 'error') return IGNORED
  const { attemptId } = event.answer
  // What another business of the same account writes into its metadata is no attempt of ours.
  if (!isId(attemptId)) return IGNORED
  return settlePayment(ctx, { attemptId, answer: event.answer, delivery: { source: 'processor', bodyHash } })
}

async function read(ctx: Ctx, input: { signature: string | null; body: string }): Promise<ProcessorEvent> {
  try {
    return await ctx.ports.processor.verifyWebhook(input.signature, input.body, ctx.now, ctx.config.PROCESSOR_WEBHOOK_SECRET)
  } catch (error) {
    if (error instanceof BadSignature) throw new AppError(error.reason === 'missing' ? 'unauthorized' : 'forbidden')
    if (error instanceof ProcessorUnknown) throw new AppError('invalid_input')
    throw error
  }
}
