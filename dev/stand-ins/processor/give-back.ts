import { json, type Told } from '#dev/stand-ins/shared/serve.ts'
import { amountIn, metadataIn } from './form.ts'
import { newName, seconds, type Kept, type Refund } from './model.ts'
import { badRequest, missing, refusal } from './refusal.ts'
import type { Shop } from './shop.ts'
import { REFUND_EVENTS_SINCE } from './versions.ts'

/** POST /v1/refunds: never more than was taken and not yet given back. */
export function createRefund(shop: Shop, form: Record<string, string>): Told {
  const kept = shop.books.intent(form['payment_intent'] ?? '', 'payment_intent')
  if (kept === null) return missing('payment_intent')
  const { intent, card } = kept
  const left = (intent.amount_received ?? 0) - shop.books.refundedCents(intent.id)
  if (left <= 0) {
    return refusal(400, { type: 'invalid_request_error', code: 'charge_already_refunded', message: 'Nothing is left to refund.' })
  }
  const amount = form['amount'] === undefined ? left : amountIn(form['amount'])
  if (amount === null) return badRequest('Invalid amount.', 'amount')
  if (amount > left) return badRequest('The amount is greater than what is left to refund.', 'amount')
  const refund: Refund = {
    id: newName('re'),
    object: 'refund',
    amount,
    charge: intent.latest_charge ?? '',
    created: seconds(shop.now()),
    currency: intent.currency ?? '',
    failure_reason: null,
    metadata: metadataIn(form),
    payment_intent: intent.id,
    reason: form['reason'] ?? null,
    status: card?.refund === 'succeeds_later' ? 'pending' : 'succeeded',
  }
  shop.books.refunds.set(refund.id, refund)
  shop.tell('refund.created', refund, REFUND_EVENTS_SINCE)
  // Two messages for one refund, as the real one sends: the second speaks of the charge and of all that was given back of it.
  shop.tell('charge.refunded', refundedCharge(shop, kept))
  if (card?.refund !== undefined) shop.later(() => decideLater(shop, refund, card.refund === 'fails_later'))
  return json(200, refund)
}

function refundedCharge(shop: Shop, { intent }: Kept) {
  const refundedCents = shop.books.refundedCents(intent.id)
  const amount = intent.amount_received ?? 0
  return {
    id: intent.latest_charge,
    object: 'charge',
    amount,
    amount_refunded: refundedCents,
    currency: intent.currency,
    created: intent.created,
    metadata: intent.metadata,
    payment_intent: intent.id,
    refunded: refundedCents === amount,
    status: 'succeeded',
  }
}

function decideLater(shop: Shop, refund: Refund, fails: boolean): void {
  refund.status = fails ? 'failed' : 'succeeded'
  refund.failure_reason = fails ? 'expired_or_canceled_card' : null
  shop.tell('charge.refund.updated', refund)
  shop.tell(fails ? 'refund.failed' : 'refund.updated', refund, REFUND_EVENTS_SINCE)
}

export function retrieveRefund(shop: Shop, id: string): Told {
  const refund = shop.books.refunds.get(id)
  return refund === undefined ? missing('refund') : json(200, refund)
}

/** GET /v1/disputes?payment_intent=&created[gte]=&limit=&starting_after=: newest first. */
export function listDisputes(shop: Shop, query: URLSearchParams): Told {
  const [payment, after] = [query.get('payment_intent'), query.get('starting_after')]
  const from = Number(query.get('created[gte]') ?? 0)
  const limit = Math.min(100, Math.max(1, Number(query.get('limit') ?? 10) || 10))
  const all = [...shop.books.disputes.values()]
    .filter((dispute) => (payment === null || dispute.payment_intent === payment) && dispute.created >= from)
    .toReversed()
  const start = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1
  if (after !== null && start === 0) return missing('dispute')
  return json(200, { object: 'list', url: '/v1/disputes', has_more: start + limit < all.length, data: all.slice(start, start + limit) })
}

export function retrieveDispute(shop: Shop, id: string): Told {
  const dispute = shop.books.disputes.get(id)
  return dispute === undefined ? missing('dispute') : json(200, dispute)
}
