import * as z from 'zod/mini'
import { emailAddress } from '#domain/base/email-address.ts'
import { findPan, withoutPans } from '#domain/base/pan/pan.ts'
import type { EmailEvent } from '#domain/identity/email-state.ts'

/** Older signatures are replays, newer ones come from a clock that is wrong; https://docs.svix.com/receiving/verifying-payloads/why */
export const SIGNATURE_TOLERANCE_MS = 5 * 60_000
/** While a secret is rotated each message carries a signature of the old and of the new one; more than a rotation needs would buy work. */
const MAX_SIGNATURES = 5
/** Standard Webhooks: a key has 24 to 64 bytes; https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
const KEY_BYTES = { least: 24, most: 64 }
const PREFIX = 'whsec_'

export interface WebhookHeaders {
  id: string | undefined
  timestamp: string | undefined
  signature: string | undefined
}

/** missing: nobody signed · malformed · wrong: no signature is ours · expired */
export class BadMailSignature extends Error {
  override name = 'BadMailSignature'
  readonly reason: 'missing' | 'malformed' | 'wrong' | 'expired'
  constructor(reason: BadMailSignature['reason']) {
    super(`mail: a webhook whose signature is ${reason}`)
    this.reason = reason
  }
}

/** What a webhook of the provider of mails says of one address; `from` is who had written. `ignored`: nothing that marks or lifts. */
export type MailEvent =
  | { kind: 'ignored'; type: string }
  | { kind: 'state'; type: string; email: string; from: string | null; event: EmailEvent }

/** The bytes of a secret as the provider shows it, `whsec_` and base64; null when it is not one. Its strength is that of what it decodes to. */
export function webhookKey(secret: string): Uint8Array<ArrayBuffer> | null {
  if (!secret.startsWith(PREFIX)) return null
  const bytes = bytesOf(secret.slice(PREFIX.length))
  return bytes !== null && bytes.length >= KEY_BYTES.least && bytes.length <= KEY_BYTES.most ? bytes : null
}

/** Checks the signature over `id.timestamp.body` as Standard Webhooks says: any one of several, in constant time, within the tolerance. */
export async function verifyMailWebhook(headers: WebhookHeaders, body: string, now: Date, secret: string): Promise<void> {
  const { id, timestamp, signature } = headers
  if (!id || !timestamp || !signature) throw new BadMailSignature('missing')
  const signatures = signature
    .split(' ')
    .map((part) => /^v1,([A-Za-z0-9+/]{43}=)$/.exec(part)?.[1])
    .flatMap((text) => (text === undefined ? [] : (bytesOf(text) ?? [])))
  if (!/^[\x21-\x7e]{1,200}$/.test(id) || !/^\d{9,11}$/.test(timestamp) || signatures.length === 0) throw new BadMailSignature('malformed')
  const key = webhookKey(secret)
  if (key === null) throw new Error('EMAIL_WEBHOOK_SECRET is not a secret of Standard Webhooks.')
  const hmac = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`)
  const checks = signatures.slice(0, MAX_SIGNATURES).map((bytes) => crypto.subtle.verify('HMAC', hmac, bytes, signed))
  if (!(await Promise.all(checks)).includes(true)) throw new BadMailSignature('wrong')
  if (Math.abs(now.getTime() - Number(timestamp) * 1000) > SIGNATURE_TOLERANCE_MS) throw new BadMailSignature('expired')
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  } catch {
    return null
  }
}

const instant = z.pipe(
  z.string().check(z.maxLength(40)),
  z.transform((text: string) => new Date(text)),
)
const Envelope = z.object({ type: z.string().check(z.regex(/^[a-z_.]{1,60}$/)), created_at: instant, data: z.unknown() })
/** https://resend.com/docs/webhooks/emails/bounced, …/complained, …/suppressed; `created_at` within is when the mail was handed over. */
const OfMail = z.object({
  created_at: instant,
  from: z.string().check(z.maxLength(400)),
  to: z.array(emailAddress).check(z.length(1)),
  bounce: z.optional(z.object({ type: z.string() })),
})
/** https://resend.com/docs/webhooks/suppressions/removed */
const OfList = z.object({ email: emailAddress })

/**
 * What a proven body says, or null when it is no event. Our mails have one reader each; an event about several is about a mail of somebody else.
 * A mail that was suppressed is told as a bounce: the provider's list knows the address, whether or not we were told why.
 */
export function readMailEvent(body: string): MailEvent | null {
  const envelope = Envelope.safeParse(jsonOrNull(body))
  if (!envelope.success || isNoDate(envelope.data.created_at)) return null
  const { type, created_at: at, data } = envelope.data
  if (type === 'suppression.removed') {
    const removed = OfList.safeParse(data)
    return removed.success ? { kind: 'state', type, email: removed.data.email, from: null, event: { kind: 'lifted', at } } : null
  }
  if (!MARKING.has(type)) return { kind: 'ignored', type }
  const mail = OfMail.safeParse(data)
  if (!mail.success || isNoDate(mail.data.created_at)) return { kind: 'ignored', type }
  const [email = ''] = mail.data.to
  const { from, created_at: sentAt, bounce } = mail.data
  if (type === 'email.complained') return { kind: 'state', type, email, from, event: { kind: 'complained', at } }
  const isPermanent = type === 'email.suppressed' || bounce?.type === 'Permanent'
  return { kind: 'state', type, email, from, event: { kind: 'bounced', at, sentAt, isPermanent } }
}

const MARKING: ReadonlySet<string> = new Set(['email.bounced', 'email.complained', 'email.suppressed'])

const isNoDate = (date: Date): boolean => Number.isNaN(date.getTime())

function jsonOrNull(text: string): unknown {
  try {
    const said: unknown = JSON.parse(text)
    return withAddresses(withoutPans(said), said)
  } catch {
    return null
  }
}

/** Any number may stand before the @ of an address, where one is asked for (`api/http/body-guard.ts`); behind it none. */
const toldAddress = emailAddress.check(z.refine((email) => !findPan(email.slice(email.lastIndexOf('@')))))
const Addresses = z.object({ data: z.object({ to: z.optional(z.array(toldAddress)), email: z.optional(toldAddress) }) })
const Cleaned = z.looseObject({ data: z.looseObject({}) })

/** What was told without card numbers, but whom it is about: an address that looks like one would otherwise never be marked. */
function withAddresses(clean: unknown, said: unknown): unknown {
  const [cleaned, addresses] = [Cleaned.safeParse(clean), Addresses.safeParse(said)]
  if (!cleaned.success || !addresses.success) return clean
  return { ...cleaned.data, data: { ...cleaned.data.data, ...addresses.data.data } }
}
