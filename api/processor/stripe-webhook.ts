import * as z from 'zod/mini'
import { BadSignature, ProcessorUnknown, type ProcessorEvent } from './port.ts'
import { answerOf, intentShape, jsonOrNull } from './stripe-answer.ts'
import { disputeShape, disputeOf, refundShape, refundOf } from './stripe-refund.ts'

/** Older signatures are replays; newer ones than this come from a clock that is wrong. */
export const SIGNATURE_TOLERANCE_MS = 5 * 60 * 1000

/** No more signatures than a rotation of secrets needs, so that a header cannot buy us work. */
const MAX_SIGNATURES = 5

const eventShape = z.object({
  id: z.string().check(z.maxLength(200)),
  type: z.string().check(z.maxLength(200)),
  created: z.number(),
  data: z.object({ object: z.unknown() }),
})

/** Checks `Stripe-Signature` (t=…,v1=…: HMAC-SHA256 over "t.body") and reads the event. */
export async function verifyWebhook(header: string | null, body: string, now: Date, secret: string): Promise<ProcessorEvent> {
  await checkSignature(header, body, now, secret)
  const event = eventShape.safeParse(jsonOrNull(body))
  if (!event.success) throw new ProcessorUnknown('processor: a signed webhook that is no event')
  const { id: eventId, type, created } = event.data
  const createdAt = new Date(created * 1000)
  return { eventId, createdAt, ...contentOf(type, event.data.data.object) }
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

type Content<E = ProcessorEvent> = E extends ProcessorEvent ? Omit<E, 'eventId' | 'createdAt'> : never

/** Refunds and disputes of the account's other business name no payment intent; ours always do. */
const foreignShape = z.object({ payment_intent: z.null() })

function contentOf(type: string, object: unknown): Content {
  if (type.startsWith('payment_intent.') || type.startsWith('setup_intent.')) {
    const intent = intentShape.safeParse(object)
    if (intent.success) return { kind: 'payment', answer: answerOf(intent.data) }
  } else if (type.startsWith('refund.')) {
    const refund = refundShape.safeParse(object)
    if (refund.success) return { kind: 'refund', refund: refundOf(refund.data) }
  } else if (type.startsWith('charge.dispute.')) {
    const dispute = disputeShape.safeParse(object)
    if (dispute.success) return { kind: 'dispute', dispute: disputeOf(dispute.data) }
  } else {
    return { kind: 'ignored', type }
  }
  if (foreignShape.safeParse(object).success) return { kind: 'ignored', type }
  throw new ProcessorUnknown(`processor: a ${type} that cannot be read`)
}

const encode = (given: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(given)

const bytesOf = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16))
