/**
 * The processor's versions (https://docs.stripe.com/changelog): a date, and since 2024-10 the name of its release. A request has the version of its
 * `Stripe-Version` header, or its account's; a webhook has that of its endpoint, whatever the requests that led to it asked for.
 */
export const VERSION = /^\d{4}-\d{2}-\d{2}(?:\.[a-z]+)?$/

/** Of an account that was opened long ago and never raised it. */
export const ACCOUNT_VERSION = '2024-06-20'

export const isSince = (version: string, date: string): boolean => version.slice(0, 10) >= date

/** `refund.*` for refunds of a charge; before, only for those without one (docs.stripe.com/changelog/acacia/2024-10-28/refund-webhook-update). */
export const REFUND_EVENTS_SINCE = '2024-10-28'

/** Disputes that were prevented (docs.stripe.com/changelog/basil/2025-08-27/add-preventions-to-dispute). */
export const PREVENTED_SINCE = '2025-08-27'

/** `allowed_payment_method_types` came with 2026-07-29.dahlia, and 2026-09-30.endive took `payment_method_types` away (stripe-node's CHANGELOG). */
export const ALLOWED_TYPES_SINCE = '2026-07-29'
export const TYPES_UNTIL = '2026-09-30'
