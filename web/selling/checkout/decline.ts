import { TRIAL_USED } from '#domain/selling/settlement.ts'
import * as m from '#web/i18n/paraglide/messages.js'

/** The card's own data were wrong: trying it again without typing it again cannot succeed. */
const MUST_RETYPE = new Set([
  'incorrect_cvc',
  'invalid_cvc',
  'incorrect_number',
  'invalid_number',
  'invalid_expiry_month',
  'invalid_expiry_year',
  'expired_card',
  'lost_card',
  'stolen_card',
  'pickup_card',
])

/**
 * A processor's decline code in plain words. Lost and stolen cards read like any blocked one: whoever holds the card now should not be
 * told. Codes that we do not know read as a plain refusal.
 */
export function declineText(code: string): string {
  switch (code) {
    case 'insufficient_funds':
    case 'card_velocity_exceeded':
    case 'withdrawal_count_limit_exceeded':
      return m.selling_checkout_declined_funds()
    case 'expired_card':
      return m.selling_checkout_declined_expired()
    case 'incorrect_cvc':
    case 'invalid_cvc':
      return m.selling_checkout_declined_cvc()
    case 'incorrect_number':
    case 'invalid_number':
    case 'invalid_expiry_month':
    case 'invalid_expiry_year':
      return m.selling_checkout_declined_number()
    case 'lost_card':
    case 'stolen_card':
    case 'pickup_card':
    case 'restricted_card':
    case 'card_not_supported':
    case 'currency_not_supported':
    case 'not_permitted':
    case 'transaction_not_allowed':
      return m.selling_checkout_declined_blocked()
    case 'authentication_required':
    case 'authentication_failed':
    case 'payment_intent_authentication_failure':
    case 'setup_intent_authentication_failure':
      return m.selling_checkout_declined_auth()
    case TRIAL_USED:
      return m.selling_checkout_declined_trial()
    case 'processing_error':
    case 'issuer_not_available':
    case 'try_again_later':
    case 'reenter_transaction':
      return m.selling_checkout_declined_trouble()
    default:
      return m.selling_checkout_declined_generic()
  }
}

/** Whether pressing the order button again with the same card makes sense. */
export function mayRetrySameCard(code: string): boolean {
  return !MUST_RETYPE.has(code)
}
