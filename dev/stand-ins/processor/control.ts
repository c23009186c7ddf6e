import * as z from 'zod'
import { json, jsonOrNull, type Asked, type Told } from '#dev/stand-ins/shared/serve.ts'
import type { Shop } from './shop.ts'

const opening = z.strictObject({ payment_intent: z.string(), reason: z.string().max(100).default('fraudulent') })
const deciding = z.strictObject({ dispute: z.string(), outcome: z.enum(['won', 'lost', 'prevented']) })
const order = z.union([opening, deciding])

/** `POST /_disputes` opens a dispute about a payment or decides one: what only a bank can do. */
export function disputesRoute(shop: Shop, asked: Asked): Told {
  const wish = order.safeParse(bodyOf(asked))
  if (asked.method === 'GET') return json(200, { data: [...shop.books.disputes.values()] })
  if (asked.method !== 'POST' || !wish.success) return json(400, { error: 'POST {payment_intent} or {dispute, outcome} as JSON' })
  if ('dispute' in wish.data) {
    const dispute = shop.books.disputes.get(wish.data.dispute)
    if (dispute === undefined) return json(404, { error: 'no such dispute' })
    shop.decide(dispute, wish.data.outcome)
    return json(200, dispute)
  }
  const kept = shop.books.intent(wish.data.payment_intent, 'payment_intent')
  if (kept === null || kept.intent.status !== 'succeeded') return json(404, { error: 'no such paid payment_intent' })
  return json(200, shop.dispute(kept, wish.data.reason))
}

/** A web page cannot send JSON here without being asked for permission, which it never gets. */
const bodyOf = (asked: Asked): unknown =>
  (asked.headers['content-type'] ?? '').startsWith('application/json') ? jsonOrNull(asked.body) : null
