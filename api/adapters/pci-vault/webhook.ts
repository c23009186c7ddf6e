import * as z from 'zod/mini'
import { countryCode } from './country.ts'

/**
 * The two messages that the vault sends us, read into our own words. Everything that is not named here is dropped, so that a
 * field the vault adds one day cannot reach the database.
 */

const token = z.string().check(z.regex(/^[0-9a-f]{64}$/))
/** Without control characters, which the database refuses or which nobody sees. */
const text = z.string().check(z.maxLength(200), z.regex(/^\P{Cc}*$/u))
/** Ours and the vault's references have letters; all digits would be taken for a card number, by us and by the database. */
const reference = text.check(z.regex(/^(?![\d -]{13,23}$)/))

/** `MM/YY`, as the hosted form writes it; four-digit years are understood too. */
const expiry = z.string().check(z.regex(/^\s*(0?[1-9]|1[0-2])\s*\/\s*(\d{2}|20\d{2})\s*$/))

const safeData = z.object({
  card_holder: z.optional(text),
  last_four: z.string().check(z.regex(/^\d{4}$/)),
  card_type: z.optional(text),
  expiry,
})

/** The vault sends the safe part of the card as a string of JSON. */
const safeDataText = z.pipe(
  z.pipe(
    z.string().check(z.maxLength(4_000)),
    z.transform((given, context) => {
      try {
        return JSON.parse(given) as unknown
      } catch {
        context.issues.push({ code: 'custom', message: 'not JSON', input: given })
        return z.NEVER
      }
    }),
  ),
  safeData,
)

const issuer = z.object({
  brand: z.optional(z.nullable(text)),
  country_name: z.optional(z.nullable(text)),
})

const captureMessage = z.object({
  metadata: z.record(z.string(), z.unknown()),
  token_info: z.object({
    token,
    reference: z.optional(z.nullable(reference)),
    safe_data: safeDataText,
    card_metadata: z.optional(z.nullable(z.object({ issuer: z.optional(z.nullable(z.array(issuer))) }))),
  }),
})

/** What we keep of a captured card. `brand` is lower case ("visa"), `expYear` has four digits, `country` is ISO 3166 alpha-2 or null. */
export type CapturedCard = {
  metadata: Record<string, unknown>
  token: string
  reference: string | null
  brand: string
  last4: string
  expMonth: number
  expYear: number
  country: string | null
}

/** Capture webhook: unknown JSON in, CapturedCard out. Compare `metadata` with our own rows before believing it. */
export const captureWebhook = z.pipe(
  captureMessage,
  z.transform((message): CapturedCard => {
    const { token_info: card } = message
    const bank = card.card_metadata?.issuer?.[0]
    const [month = '', year = ''] = card.safe_data.expiry.split('/')
    return {
      metadata: message.metadata,
      token: card.token,
      reference: card.reference ?? null,
      brand: (bank?.brand ?? card.safe_data.card_type ?? 'unknown').toLowerCase(),
      last4: card.safe_data.last_four,
      expMonth: Number(month),
      expYear: Number(year) < 100 ? 2000 + Number(year) : Number(year),
      country: countryCode(bank?.country_name ?? null),
    }
  }),
)

const status = z.union([z.number(), z.string().check(z.regex(/^\d{3}$/))])

const proxyMessage = z.object({
  status: z.optional(status),
  status_code: z.optional(status),
  body: z.string(),
})

/** The processor's answer as the proxy passes it on: HTTP status and the body word for word, for `Processor.parseAnswer`. */
export type ProxiedAnswer = { httpStatus: number; bodyText: string }

/** Charge webhook: unknown JSON in, ProxiedAnswer out. Both spellings of the status are understood, as number or string. */
export const chargeWebhook = z.pipe(
  proxyMessage,
  z.transform((message, context): ProxiedAnswer => {
    const httpStatus = Number(message.status ?? message.status_code)
    if (!Number.isInteger(httpStatus) || httpStatus < 100 || httpStatus > 599) {
      context.issues.push({ code: 'custom', message: 'no status', input: message })
      return z.NEVER
    }
    return { httpStatus, bodyText: message.body }
  }),
)
