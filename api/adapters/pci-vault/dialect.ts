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

/**
 * Query parameter of a capture with which its webhook tells country and issuer of the card; `true`. Documented nowhere, sent by the one public
 * production client. Without what it brings everything works, with `cardCountry` unknown until the processor says it.
 */
export const CARD_METADATA_PARAM = 'return_card_metadata'

/**
 * Key of the JSON body under which a hosted form that is being configured takes the id that we choose.
 *
 * @forDev the deployment and the stand-in
 */
export const FORM_ID_FIELD = 'form_id'

/** The vault that keeps real cards. Any other host is a testing one, and its forms have to be told so. */
export const PRODUCTION_HOST = 'api.pcivault.io'

/** Query parameter of a hosted form: `true` posts the card to the vault's staging host. Without it a form of the staging host posts to production. */
export const FORM_TESTING_PARAM = 'testing'

/** Header in which the vault returns our secret, and the one in which the hosted page sends its own. */
export const WEBHOOK_SECRET_HEADER = 'x-pcivault-webhook-secret'
/** @forDev tests and stand-ins */
export const CAPTURE_SECRET_HEADER = 'x-pcivault-capture-secret'

/** Template fields that hold nothing but digits. Output is not URL-encoded, so no other field is ever used. */
export const DIGIT_FIELDS = ['card_number', 'expiry_month', 'expiry_year', 'cvv'] as const
