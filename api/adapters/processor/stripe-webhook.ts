import type { Stripe } from 'stripe'
import * as z from 'zod/mini'
import { withoutPans } from '#domain/base/pan/pan.ts'
import { BadSignature, ProcessorUnknown, type ProcessorEvent } from './port.ts'
import { answerOf, intentShape, jsonOrNull } from './stripe-answer.ts'
import { disputeOf, disputeShape, refundedChargeShape, refundedOf, refundOf, refundShape } from './stripe-refund.ts'

/** Older signatures are replays; newer ones than this come from a clock that is wrong. */
export const SIGNATURE_TOLERANCE_MS = 5 * 60 * 1000

/** No more signatures than a rotation of secrets needs, so that a header cannot buy us work. */
const MAX_SIGNATURES = 5

/** Names are plain ASCII; anything else is none, and no database would take some of it. */
const printable = z.string().check(z.regex(/^[\x20-\x7e]{1,200}$/))

const eventShape = z.object({
  id: printable,
  type: printable,
  /** Unix time in seconds. */
  created: z.optional(z.unknown()),
  data: z.optional(z.unknown()),
})

const dataShape = z.object({ object: z.unknown() })

/** As the library knows them in the version that it was made for: a name of no event does not compile. */
type EventName = Stripe.WebhookEndpointCreateParams.EnabledEvent

/** The only events that say how a payment stands. Others carry the same object (`created` with the status of a refusal) and say something else. */
const ANSWER_EVENTS = [
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.requires_action',
  'payment_intent.processing',
  'payment_intent.canceled',
  'setup_intent.succeeded',
  'setup_intent.setup_failed',
  'setup_intent.requires_action',
  'setup_intent.canceled',
] as const satisfies EventName[]

const ANSWERS: ReadonlySet<string> = new Set(ANSWER_EVENTS)

/**
 * What the webhook endpoint at the processor is made to send: nothing that is not read here, so that no message is answered in vain.
 *
 * @forDev the deployment and the stand-in
 */
export const HEARD_EVENTS: readonly EventName[] = [
  ...ANSWER_EVENTS,
  'refund.created',
  'refund.updated',
  'refund.failed',
  'charge.refunded',
  'charge.refund.updated',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
]

/** Everything that gives money back or may: `refund.*`, `charge.refunded`, `charge.refund.updated`, `charge.dispute.*`. */
const GIVES_BACK = /^(?:refund\.|charge\.refund|charge\.dispute\.)/

/** Checks `Stripe-Signature` (t=…,v1=…: HMAC-SHA256 over "t.body") and reads the event. */
export async function verifyWebhook(header: string | null, body: string, now: Date, secret: string): Promise<ProcessorEvent> {
  await checkSignature(header, body, now, secret)
  return readEvent(provenJson(body))
}

/** The one place where a proven body becomes data: a field that holds a card number is taken out before anybody reads or stores it. */
function provenJson(body: string): unknown {
  return withoutPans(jsonOrNull(body))
}

export function readEvent(payload: unknown): ProcessorEvent {
  const event = eventShape.safeParse(payload)
  if (!event.success) throw new ProcessorUnknown('processor: a signed webhook that is no event')
  const { id: eventId, type, created, data } = event.data
  return { eventId, type, createdAt: instantOf(created), payload, ...contentOf(type, dataShape.safeParse(data).data?.object) }
}

function instantOf(seconds: unknown): Date | null {
  const date = new Date(typeof seconds === 'number' ? seconds * 1000 : NaN)
  return Number.isNaN(date.getTime()) ? null : date
}

async function checkSignature(header: string | null, body: string, now: Date, secret: string): Promise<void> {
  if (header === null || header === '') throw new BadSignature('missing')
  const parts = header.split(',').map((part) => part.trim().split('=', 2))
  const time = parts.find(([name]) => name === 't')?.[1] ?? ''
  const signatures = parts.filter(([name, value]) => name === 'v1' && /^[0-9a-f]{64}$/.test(value ?? ''))
  if (!/^\d{9,11}$/.test(time) || signatures.length === 0) throw new BadSignature('malformed')
  const key = await crypto.subtle.importKey('raw', encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
  const signed = encode(`${time}.${body}`)
  // WebCrypto's own verify compares in constant time.
  const checks = signatures.slice(0, MAX_SIGNATURES).map(([, hex = '']) => crypto.subtle.verify('HMAC', key, bytesOf(hex), signed))
  if (!(await Promise.all(checks)).includes(true)) throw new BadSignature('wrong')
  if (Math.abs(now.getTime() - Number(time) * 1000) > SIGNATURE_TOLERANCE_MS) throw new BadSignature('expired')
}

type Content<E = ProcessorEvent> = E extends ProcessorEvent ? Omit<E, 'eventId' | 'type' | 'createdAt' | 'payload'> : never

function contentOf(type: string, object: unknown): Content {
  if (ANSWERS.has(type)) {
    const intent = intentShape.safeParse(object)
    if (!intent.success) throw new ProcessorUnknown(`processor: a ${type} that cannot be read`)
    return { kind: 'payment', answer: answerOf(intent.data) }
  }
  return GIVES_BACK.test(type) ? moneyBackOf(type, object) : { kind: 'ignored' }
}

const namesPayment = z.object({ payment_intent: z.nullable(printable) })

/** Refunds and disputes of the account's other business name no payment intent; ours always do. */
function moneyBackOf(type: string, object: unknown): Content {
  const named = namesPayment.safeParse(object)
  if (!named.success) return { kind: 'unreadable', processorId: null }
  const { payment_intent: processorId } = named.data
  if (processorId === null) return { kind: 'foreign' }
  return understood(type, object) ?? { kind: 'unreadable', processorId }
}

function understood(type: string, object: unknown): Content | null {
  if (type.startsWith('charge.dispute.')) {
    const dispute = disputeShape.safeParse(object)
    return dispute.success ? { kind: 'dispute', dispute: disputeOf(dispute.data) } : null
  }
  // A charge looks much like a refund of the whole of it, so the type decides what is read.
  if (type === 'charge.refunded') {
    const charge = refundedChargeShape.safeParse(object)
    return charge.success ? { kind: 'refunded', total: refundedOf(charge.data) } : null
  }
  const refund = refundShape.safeParse(object)
  return refund.success ? { kind: 'refund', refund: refundOf(refund.data) } : null
}

const encode = (given: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(given)

const bytesOf = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16))
