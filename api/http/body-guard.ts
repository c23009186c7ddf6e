import { createMiddleware } from 'hono/factory'
import { AppError } from '#domain/error.ts'
import { containsPan, findPan } from '#domain/pan.ts'
import type { AppEnv } from './env.ts'

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
  'x-pcivault-webhook-secret',
  'stripe-signature',
])

/**
 * Bounds what comes in and refuses card numbers wherever they stand: body, query, path or header (domain rule "no card data inside").
 * A hit is answered before anything is stored, and nothing of it is logged.
 */
export const bodyGuard = createMiddleware<AppEnv>(async (c, next) => {
  if (c.req.url.length > MAX_URL_CHARACTERS) throw new AppError('payload_too_large')
  if (findPan(c.req.url.slice(c.req.url.indexOf('/', 8)))) throw new AppError('card_number_refused')
  for (const [name, value] of c.req.raw.headers) {
    if (!UNREAD_HEADERS.has(name) && findPan(value)) throw new AppError('card_number_refused')
  }
  if (HAS_BODY.has(c.req.method)) {
    const text = await readBounded(c.req.raw)
    if (text !== '' && (findPan(text) || hidesPan(text))) throw new AppError('card_number_refused')
    // The body was read from the network; whoever comes next reads this copy.
    c.req.raw = new Request(c.req.raw.url, { method: c.req.method, headers: c.req.raw.headers, body: text })
  }
  return next()
})

/** Reading JSON takes its escapes off: "4242\n4242…" and "\u0034\u0032…" are card numbers only then. */
function hidesPan(text: string): boolean {
  if (!text.includes('\\')) return false
  try {
    return containsPan(JSON.parse(text))
  } catch {
    return false
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
