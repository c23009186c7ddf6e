/**
 * What the vault's documentation leaves open, each in one place that the client and the stand-in both read. When the first
 * call against the vault's staging shows another spelling, it is changed here and nowhere else.
 */

/** ISO-8601 in today's documentation; older clients send `10m`. */
export const captureTtl = (minutes: number): string => `PT${minutes}M`

/** Key of the JSON body under which a capture endpoint takes its webhook. */
export const CAPTURE_WEBHOOK_FIELD = 'webhook'

/** How often the vault tries to deliver a capture webhook to us. */
export const CAPTURE_WEBHOOK_ATTEMPTS = 8

/** Query parameter that bounds how often the proxy asks the processor (1–16, 8 when absent). The value for charges is always 1. */
export const PROXY_ATTEMPTS_PARAM = 'max_attempts'

/**
 * Query parameter of `PUT /key/` that names the passphrase to come.
 *
 * @forDev tests and stand-ins
 */
export const NEW_PASSPHRASE_PARAM = 'new_passphrase'

/** Query parameter of the hosted page for its language. Unknown ones are ignored by the vault. */
export const IFRAME_LOCALE_PARAM = 'lang'

/** Header in which the vault returns our secret, and the one in which the hosted page sends its own. */
export const WEBHOOK_SECRET_HEADER = 'x-pcivault-webhook-secret'
/** @forDev tests and stand-ins */
export const CAPTURE_SECRET_HEADER = 'x-pcivault-capture-secret'

/** Template fields that hold nothing but digits. Output is not URL-encoded, so no other field is ever used. */
export const DIGIT_FIELDS = ['card_number', 'expiry_month', 'expiry_year', 'cvv'] as const
