import { createMiddleware } from 'hono/factory'
import { emailAddress } from '#domain/base/email-address.ts'
import { findPan } from '#domain/base/pan/pan.ts'
import { AppError } from '#domain/error.ts'
import { WEBHOOK_SECRET_HEADER } from '#api/adapters/pci-vault/dialect.ts'
import type { AppEnv } from './env.ts'
import { WEBHOOKS } from './origin-guard.ts'

export const MAX_BODY_BYTES = 64 * 1024
export const MAX_URL_CHARACTERS = 4096
const HAS_BODY = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])
/** Values that a browser or the edge writes, or that are our own random tokens: no person types a card there. */
const UNREAD_HEADERS = new Set([
  'cookie',
  'cf-ray',
  'traceparent',
  'cf-connecting-ip',
  'x-forwarded-for',
  'x-real-ip',
  'content-length',
  'date',
  WEBHOOK_SECRET_HEADER,
  'stripe-signature',
  'svix-id',
  'svix-timestamp',
  'svix-signature',
])
const FORM = /^application\/x-www-form-urlencoded/i
/** Where people give their address, which may have any number before its @. */
const WITH_ADDRESS = /^\/api\/(?:sign-in|sign-in\/confirm|checkouts)$/

/**
 * Bounds what comes in and refuses card numbers wherever they stand: body, query, path or header (domain rule "no card data inside").
 * A hit is answered before anything is stored, and nothing of it is logged. Only a machine's body is looked at later, by `readJson`: once the
 * machine has proved itself, so that one odd field does not cost us the news of a payment.
 */
export const bodyGuard = createMiddleware<AppEnv>(async (c, next) => {
  const { url, raw, method } = c.req
  if (url.length > MAX_URL_CHARACTERS) throw new AppError('payload_too_large')
  if (holdsPan(url.slice(url.indexOf('/', 8)))) throw new AppError('card_number_refused')
  for (const [name, value] of raw.headers) {
    if (!UNREAD_HEADERS.has(name) && findPan(value)) throw new AppError('card_number_refused')
  }
  if (HAS_BODY.has(method)) {
    const text = await readBounded(raw)
    if (!WEBHOOKS.test(c.req.path) && bodyHoldsPan(text, raw.headers.get('content-type'), c.req.path))
      throw new AppError('card_number_refused')
    // The body was read from the network; whoever comes next reads this copy.
    c.req.raw = new Request(raw.url, { method, headers: raw.headers, body: text })
  }
  return next()
})

/** In queries and forms a plus is a space, so what follows it is no telephone number; "%2B" is a plus. */
export function holdsPan(text: string): boolean {
  return findPan(text) || (text.includes('+') && findPan(text.replaceAll('+', ' ')))
}

function bodyHoldsPan(text: string, type: string | null, path: string): boolean {
  const isFound = FORM.test(type ?? '') ? holdsPan(text) : findPan(text)
  return isFound && !isInAddressOnly(path, text)
}

/** Whether the number stands before the @ of the address that was asked for, and nowhere else in the body. */
function isInAddressOnly(path: string, text: string): boolean {
  if (!WITH_ADDRESS.test(path)) return false
  const body = objectOf(text)
  const email = emailAddress.safeParse(body?.['email'])
  return email.success && !findPan(JSON.stringify({ ...body, email: email.data.slice(email.data.lastIndexOf('@')) }))
}

function objectOf(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : null
  } catch {
    return null
  }
}

/** For a body that is longer than it said, where the machine underneath lets that through. */
function bounded(text: string): string {
  if (text.length > MAX_BODY_BYTES) throw new AppError('payload_too_large')
  return text
}

async function readBounded(request: Request): Promise<string> {
  const declared = request.headers.get('content-length')
  if (Number(declared ?? 0) > MAX_BODY_BYTES) throw new AppError('payload_too_large')
  if (!request.body) return ''
  // HTTP itself ends a body at its declared length. Reading piece by piece costs more, so only what declares nothing is read so.
  if (declared !== null && /^\d+$/.test(declared)) return bounded(await request.text())
  const reader = request.body.getReader()
  const decoder = new TextDecoder()
  let read = 0
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    read += value.byteLength
    if (read > MAX_BODY_BYTES) {
      await reader.cancel()
      throw new AppError('payload_too_large')
    }
    text += decoder.decode(value, { stream: true })
  }
}
