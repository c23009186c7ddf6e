import type { RequestTemplate } from '#api/adapters/pci-vault/port.ts'
import { formBody, nested } from './form.ts'
import type { ChargeOrder, SetupOrder } from './port.ts'

/** Where the vault sends a charge, and the restricted key that it carries there. */
export type StripeAddress = { baseUrl: string; key: string }

/**
 * Of our own calls, of what travels through the vault and of the webhook endpoint: the shapes below and in stripe-answer.ts are those of this
 * version, and it is the one that the processor's library was made for.
 */
export const STRIPE_VERSION = '2026-10-28.endive'

/** `payment_method_types` until 2026-09-30, which refuses it (stripe-node's CHANGELOG, 23.0.0). */
const CARDS_ALONE = { 'allowed_payment_method_types[0]': 'card' }

/** Has the answer say what is known of the card, its fingerprint above all, instead of an id alone. */
const EXPAND_CARD = { 'expand[0]': 'payment_method' }

export function chargeTemplate(at: StripeAddress, order: ChargeOrder): RequestTemplate {
  if (!Number.isSafeInteger(order.amountCents) || order.amountCents <= 0) {
    throw new RangeError('A charge takes a positive whole number of cents.')
  }
  const body = formBody(
    {
      amount: String(order.amountCents),
      currency: order.currency.toLowerCase(),
      confirm: 'true',
      ...CARDS_ALONE,
      description: order.description,
      // The card is kept by the vault, not by the processor; this tells the bank that later charges are part of the agreement.
      ...(order.offSession ? { off_session: 'true' } : { setup_future_usage: 'off_session', return_url: order.returnUrl }),
      ...nested('metadata', order.metadata),
      'payment_method_data[type]': 'card',
      ...EXPAND_CARD,
    },
    cardFields(order.offSession ? 'without_code' : 'with_code'),
  )
  return { method: 'POST', url: `${at.baseUrl}/v1/payment_intents`, headers: headersOf(at, order.idempotencyKey), body }
}

export function setupTemplate(at: StripeAddress, order: SetupOrder): RequestTemplate {
  const body = formBody(
    {
      confirm: 'true',
      usage: 'off_session',
      ...CARDS_ALONE,
      description: order.description,
      return_url: order.returnUrl,
      ...nested('metadata', order.metadata),
      'payment_method_data[type]': 'card',
      ...EXPAND_CARD,
    },
    cardFields('with_code'),
  )
  return { method: 'POST', url: `${at.baseUrl}/v1/setup_intents`, headers: headersOf(at, order.idempotencyKey), body }
}

/** The security code may only be used while the buyer is there; a renewal goes without. */
function cardFields(code: 'with_code' | 'without_code'): Record<string, string> {
  return {
    'payment_method_data[card][number]': 'card_number',
    'payment_method_data[card][exp_month]': 'expiry_month',
    'payment_method_data[card][exp_year]': 'expiry_year',
    ...(code === 'with_code' ? { 'payment_method_data[card][cvc]': 'cvv' } : {}),
  }
}

function headersOf(at: StripeAddress, idempotencyKey: string): Record<string, string> {
  return {
    'Content-Type': 'application/x-www-form-urlencoded',
    Authorization: `Bearer ${at.key}`,
    'Stripe-Version': STRIPE_VERSION,
    'Idempotency-Key': idempotencyKey,
  }
}
