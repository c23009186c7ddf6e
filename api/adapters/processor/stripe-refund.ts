import * as z from 'zod/mini'
import { textValues } from './form.ts'
import type { Dispute, RefundedTotal, RefundState } from './port.ts'

const text = z.string().check(z.maxLength(500))

export const refundShape = z.object({
  id: text,
  payment_intent: text,
  amount: z.number(),
  currency: text,
  status: z.enum(['pending', 'requires_action', 'succeeded', 'failed', 'canceled']),
  failure_reason: z.optional(z.nullable(text)),
  metadata: z.pipe(z.optional(z.unknown()), z.transform(textValues)),
})

export function refundOf(refund: z.infer<typeof refundShape>): RefundState {
  const { status } = refund
  return {
    refundId: refund.id,
    processorId: refund.payment_intent,
    amountCents: refund.amount,
    currency: refund.currency.toUpperCase(),
    status: status === 'succeeded' ? 'succeeded' : status === 'failed' || status === 'canceled' ? 'failed' : 'pending',
    failureReason: refund.failure_reason ?? (status === 'canceled' ? 'canceled' : null),
    metadata: refund.metadata,
  }
}

export const refundedChargeShape = z.object({ payment_intent: text, amount_refunded: z.number(), currency: text })

export function refundedOf(charge: z.infer<typeof refundedChargeShape>): RefundedTotal {
  return { processorId: charge.payment_intent, amountCents: charge.amount_refunded, currency: charge.currency.toUpperCase() }
}

export const disputeShape = z.object({
  id: text,
  payment_intent: text,
  amount: z.number(),
  currency: text,
  reason: text,
  status: text,
})

/**
 * A warning that was closed never became a dispute, which for us is one that was won. One that was prevented has been settled with the buyer before
 * it became a chargeback: nothing is left to answer, and the money is not ours. Everything undecided is open.
 */
export function disputeOf(dispute: z.infer<typeof disputeShape>): Dispute {
  const { status } = dispute
  return {
    disputeId: dispute.id,
    processorId: dispute.payment_intent,
    amountCents: dispute.amount,
    currency: dispute.currency.toUpperCase(),
    reason: dispute.reason,
    state: status === 'lost' || status === 'prevented' ? 'lost' : status === 'won' || status === 'warning_closed' ? 'won' : 'opened',
  }
}
