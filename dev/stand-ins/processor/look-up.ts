import { json, type Told } from '#dev/stand-ins/shared/serve.ts'
import type { Intent } from './model.ts'
import { badRequest, missing } from './refusal.ts'
import type { Shop } from './shop.ts'

export function retrieve(shop: Shop, object: Intent['object'], id: string, expand: readonly string[]): Told {
  const kept = shop.books.intent(id, object)
  return kept === null ? missing(object) : json(200, shop.books.shown(kept, expand))
}

/** GET …/search?query=metadata['name']:'value': the one form of the search language that is used. Its index lags: it finds, and shows what was. */
export function searchByMetadata(shop: Shop, query: URLSearchParams): Told {
  const match = /^metadata\[(['"])([\w-]{1,40})\1\]:(['"])([^'"]{1,500})\3$/.exec(query.get('query') ?? '')
  const [name, value] = [match?.[2], match?.[4]]
  if (name === undefined || value === undefined) return badRequest("Only metadata['name']:'value' is understood.", 'query')
  const now = shop.now().getTime()
  const data = [...shop.books.intents.values()]
    .filter((kept) => kept.intent.object === 'payment_intent' && kept.searchableFrom <= now && kept.intent.metadata[name] === value)
    .map((kept) => kept.indexed)
  return json(200, { object: 'search_result', url: '/v1/payment_intents/search', has_more: false, next_page: null, data })
}

/** GET /v1/…_intents?created[gte]=&limit=&starting_after=: newest first. */
export function list(shop: Shop, object: Intent['object'], query: URLSearchParams, expand: readonly string[]): Told {
  const from = Number(query.get('created[gte]') ?? 0)
  const limit = Math.min(100, Math.max(1, Number(query.get('limit') ?? 10) || 10))
  const all = [...shop.books.intents.values()].filter(({ intent }) => intent.object === object && intent.created >= from).toReversed()
  const after = query.get('starting_after')
  const start = after === null ? 0 : all.findIndex(({ intent }) => intent.id === after) + 1
  if (after !== null && start === 0) return missing(object)
  const data = all.slice(start, start + limit).map((kept) => shop.books.shown(kept, expand))
  return json(200, { object: 'list', url: `/v1/${object}s`, has_more: start + limit < all.length, data })
}

/** POST …/cancel. What has succeeded cannot be cancelled. */
export function cancel(shop: Shop, object: Intent['object'], id: string): Told {
  const kept = shop.books.intent(id, object)
  if (kept === null) return missing(object)
  const { intent } = kept
  if (intent.status === 'succeeded' || intent.status === 'canceled') {
    return json(400, {
      error: {
        type: 'invalid_request_error',
        code: `${object}_unexpected_state`,
        message: `It is ${intent.status} and cannot be canceled.`,
        [object]: intent,
      },
    })
  }
  intent.status = 'canceled'
  intent.next_action = null
  if (object === 'payment_intent') intent.canceled_at = Math.floor(shop.now().getTime() / 1000)
  shop.tell(`${object}.canceled`, intent)
  return json(200, intent)
}
