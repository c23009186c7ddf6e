import * as z from 'zod/mini'
import { textValues } from './form.ts'
import type { Answer } from './port.ts'

/** Without control and half characters, which the database refuses: an answer that has them is unreadable, which means unknown. */
const text = z.string().check(z.maxLength(500), z.regex(/^[^\p{Cc}\p{Cs}]*$/u))
const metadata = z.pipe(z.optional(z.unknown()), z.transform(textValues))

/** What is said of a card beside the answer. It decides nothing about money, so that whatever cannot be read there is as good as unsaid. */
const method = z.object({ card: z.object({ fingerprint: z.optional(z.unknown()), country: z.optional(z.unknown()) }) })
const card = z.pipe(
  z.optional(z.unknown()),
  z.transform((given) => {
    const read = method.safeParse(given)
    if (!read.success) return null
    const { fingerprint, country } = read.data.card
    return { fingerprint: matching(fingerprint, /^(?!\d+$)\w{1,100}$/), country: matching(country, /^[A-Z]{2}$/) }
  }),
)

function matching(given: unknown, shape: RegExp): string | null {
  return typeof given === 'string' && shape.test(given) ? given : null
}

const failure = z.object({ code: z.optional(z.nullable(text)), decline_code: z.optional(z.nullable(text)), payment_method: card })

/** A payment intent or a set-up intent: the parts that decide. */
export const intentShape = z.object({
  id: text,
  object: z.enum(['payment_intent', 'setup_intent']),
  status: text,
  amount: z.optional(z.number()),
  amount_received: z.optional(z.number()),
  currency: z.optional(text),
  metadata,
  next_action: z.optional(
    z.nullable(z.object({ redirect_to_url: z.optional(z.nullable(z.object({ url: z.string().check(z.regex(/^\P{Cc}*$/u)) }))) })),
  ),
  /** An id, unless the request asked for it to be expanded. */
  payment_method: card,
  last_payment_error: z.optional(z.nullable(failure)),
  last_setup_error: z.optional(z.nullable(failure)),
})

export type Intent = z.infer<typeof intentShape>

const errorShape = z.object({
  error: z.object({
    type: z.optional(text),
    code: z.optional(z.nullable(text)),
    decline_code: z.optional(z.nullable(text)),
    payment_intent: z.optional(intentShape),
    setup_intent: z.optional(intentShape),
  }),
})

/** What an HTTP answer of the processor says about an attempt. Pure; any text is understood as something. */
export function parseAnswer(httpStatus: number, bodyText: string): Answer {
  const json = jsonOrNull(bodyText)
  if (httpStatus >= 200 && httpStatus < 300) {
    const intent = intentShape.safeParse(json)
    return intent.success ? answerOf(intent.data, httpStatus) : { kind: 'error', outcome: 'unknown', httpStatus, code: 'unreadable' }
  }
  const parsed = errorShape.safeParse(json)
  const told = parsed.success ? parsed.data.error : {}
  const code = told.decline_code ?? told.code ?? told.type ?? `http_${httpStatus}`
  const intent = told.payment_intent ?? told.setup_intent ?? null
  // 402 alone is no decline: an account that may not send card numbers is told so with it, and neither a card nor a payment is spoken of.
  if (httpStatus === 402 && (told.type === 'card_error' || intent !== null)) return declined(intent, code)
  return { kind: 'error', outcome: outcomeOf(httpStatus, told, parsed.success), httpStatus, code }
}

/** Said of a key, they speak of an earlier request under it, which may have charged: it still runs, or it was another than this one. */
const OF_AN_EARLIER: ReadonlySet<string> = new Set(['idempotency_error', 'idempotency_key_in_use', 'lock_timeout'])

type Refusal = { type?: string | undefined; code?: string | null | undefined }

/**
 * 4xx in the processor's own form are refusals before any money moves, but for those that speak of an earlier request. 409 and 429 may be one of our
 * own that still runs.
 */
function outcomeOf(httpStatus: number, { type, code }: Refusal, own: boolean): 'nothing' | 'unknown' {
  const refused = own && httpStatus >= 400 && httpStatus < 500 && httpStatus !== 409 && httpStatus !== 429
  return refused && !OF_AN_EARLIER.has(type ?? '') && !OF_AN_EARLIER.has(code ?? '') ? 'nothing' : 'unknown'
}

/** The state of an intent, wherever it was read from. */
export function answerOf(intent: Intent, httpStatus = 200): Answer {
  const known = knownOf(intent)
  switch (intent.status) {
    case 'succeeded':
      return { kind: 'succeeded', ...known }
    case 'processing':
    case 'requires_capture':
      return { kind: 'processing', ...known }
    case 'requires_action':
    case 'requires_source_action': {
      const redirectUrl = intent.next_action?.redirect_to_url?.url
      if (redirectUrl === undefined || !isWebAddress(redirectUrl)) {
        return { kind: 'error', outcome: 'unknown', httpStatus, code: 'action_without_redirect' }
      }
      return { kind: 'requires_action', redirectUrl, ...known }
    }
    case 'requires_payment_method':
    case 'requires_source': {
      const why = intent.last_payment_error ?? intent.last_setup_error ?? null
      // Every intent begins in this status: without an error nothing was refused, it only waits.
      if (why === null) return { kind: 'processing', ...known }
      return { kind: 'declined', declineCode: why.decline_code ?? why.code ?? 'generic_decline', ...known }
    }
    case 'canceled':
      return { kind: 'declined', declineCode: 'canceled', ...known }
    default:
      return { kind: 'error', outcome: 'unknown', httpStatus, code: `status_${intent.status}` }
  }
}

function declined(intent: Intent | null, declineCode: string): Answer {
  if (intent !== null) return { kind: 'declined', declineCode, ...knownOf(intent) }
  return {
    kind: 'declined',
    declineCode,
    processorId: null,
    intent: null,
    amountCents: 0,
    currency: null,
    attemptId: null,
    invoiceId: null,
    processorStatus: 'card_error',
    cardFingerprint: null,
    cardCountry: null,
  }
}

function knownOf(intent: Intent) {
  const asked = intent.amount ?? 0
  // A card that was refused has left the intent and stands in its error.
  const cardSaid = intent.payment_method ?? intent.last_payment_error?.payment_method ?? intent.last_setup_error?.payment_method ?? null
  return {
    processorId: intent.id,
    intent: intent.object === 'setup_intent' ? ('SETUP' as const) : ('CHARGE' as const),
    amountCents: intent.status === 'succeeded' ? (intent.amount_received ?? asked) : asked,
    currency: intent.currency?.toUpperCase() ?? null,
    attemptId: intent.metadata['attemptId'] ?? null,
    invoiceId: intent.metadata['invoiceId'] ?? null,
    processorStatus: intent.status,
    cardFingerprint: cardSaid?.fingerprint ?? null,
    cardCountry: cardSaid?.country ?? null,
  }
}

/** The buyer is sent there, so nothing but a web address will do. */
const isWebAddress = (url: string): boolean => /^https?:\/\//i.test(url) && URL.canParse(url)

export function jsonOrNull(given: string): unknown {
  try {
    return JSON.parse(given)
  } catch {
    return null
  }
}
