import type { PaymentAnswer } from '#domain/selling/settlement.ts'
import { ProcessorRefused, ProcessorUnknown } from '#api/adapters/processor/port.ts'
import type { Ctx } from '#api/context.ts'
import type { LoadedSettlement } from './load-settlement.ts'

/**
 * What this answer says of the card joins what an earlier one said; every write of the attempt keeps it. The processor's own messages name a card
 * by an id alone. A trial hangs on which card it is, so there it is asked for; unheard, the trial goes without.
 */
export async function withCard(ctx: Ctx, loaded: LoadedSettlement, answer: PaymentAnswer): Promise<LoadedSettlement> {
  if (answer.kind === 'error') return loaded
  const known = joined(loaded, answer)
  const begins = answer.kind === 'succeeded' && loaded.invoice.kind === 'TRIAL' && loaded.attempt.status !== 'SUCCEEDED'
  if (!begins || known.attempt.cardFingerprint !== null) return known
  try {
    const asked = await ctx.ports.processor.retrieve(answer.processorId)
    return asked.kind === 'error' ? known : joined(known, asked)
  } catch (error) {
    if (error instanceof ProcessorUnknown || error instanceof ProcessorRefused) return known
    throw error
  }
}

type Said = { cardFingerprint?: string | null; cardCountry?: string | null }

function joined(loaded: LoadedSettlement, { cardFingerprint = null, cardCountry = null }: Said): LoadedSettlement {
  const { attempt, checkout } = loaded
  return {
    ...loaded,
    attempt: { ...attempt, cardFingerprint: cardFingerprint ?? attempt.cardFingerprint },
    checkout: checkout && { ...checkout, cardCountry: checkout.cardCountry ?? cardCountry },
  }
}
