import { Stripe } from 'stripe'
import { ask, NoAnswer, platformFetch, type Fetch, type Question } from '#api/adapters/ask.ts'
import { ProcessorRefused, ProcessorUnknown } from './port.ts'
import { STRIPE_VERSION } from './stripe-template.ts'

export type ClientConfig = {
  baseUrl: string
  /** Of every call that we make ourselves. */
  ownKey: string
  /** Default 10 s. */
  timeoutMs?: number
  fetch?: Fetch
}

/**
 * The processor's own library, with our one way out. It tries nothing again by itself: each caller knows whether it may ask once more and with which
 * key, and a Worker that waits holds somebody's request open.
 */
export function makeClient(config: ClientConfig): Stripe {
  const { hostname: host, port, protocol } = new URL(config.baseUrl)
  return new Stripe(config.ownKey, {
    apiVersion: STRIPE_VERSION,
    host,
    protocol: protocol === 'http:' ? 'http' : 'https',
    ...(port === '' ? {} : { port }),
    maxNetworkRetries: 0,
    telemetry: false,
    // It ends with our own time-out, which bounds the reading of the answer too.
    httpClient: Stripe.createFetchHttpClient(wayOut(config)),
  })
}

/** Of the library's headers those that say what is asked. It would also tell which runtime asks, on which system. */
const SENT = ['accept', 'authorization', 'content-type', 'idempotency-key', 'stripe-version'] as const

/** The library's `fetch`: one bounded question by our name, no redirect followed, and no address in any error. */
function wayOut({ timeoutMs = 10_000, fetch: send }: ClientConfig): typeof fetch {
  return async (url, init) => {
    if (typeof url !== 'string') throw new TypeError('The library asks by an address alone.')
    const given = new Headers(init?.headers)
    const headers = Object.fromEntries(SENT.flatMap((name) => (given.has(name) ? [[name, given.get(name) ?? '']] : [])))
    const method: Question['method'] = init?.method === 'POST' ? 'POST' : 'GET'
    const body = method === 'POST' ? { body: typeof init?.body === 'string' ? init.body : '' } : {}
    const reply = await ask({ what: 'processor', method, url, headers, timeoutMs, ...body }, send ?? platformFetch)
    return new Response(reply.text, { status: reply.status, headers: { 'content-type': 'application/json' } })
  }
}

/**
 * The processor's own types of a request that did nothing. The library takes any `{"error":"…"}` of a stranger between us for one more. None of them is
 * `idempotency_error`: it says that an earlier request had this key, and not what became of it.
 */
const REFUSALS: ReadonlySet<string> = new Set(['card_error', 'invalid_request_error'])

/**
 * What a failed call says in our words, and nothing of the library's error with it, which holds whole answers. The status and the processor's own type
 * decide: the library takes every 402 for a declined card.
 */
export function failureOf(what: string, error: unknown): ProcessorRefused | ProcessorUnknown {
  if (error instanceof Stripe.errors.StripeConnectionError) {
    return new ProcessorUnknown(error.detail instanceof NoAnswer ? error.detail.message.replace('processor', what) : `${what}: no answer`)
  }
  if (!(error instanceof Stripe.errors.StripeError)) return new ProcessorUnknown(`${what}: an answer that cannot be read`)
  const { statusCode: status = 0, rawType } = error
  const named = error.code ?? rawType ?? ''
  const code = /^[a-z_]{1,60}$/.test(named) ? named : `http_${status}`
  const message = `${what}: the processor answered ${status} (${code})`
  const certain = REFUSALS.has(rawType ?? '') && status >= 400 && status < 500 && status !== 409 && status !== 429
  return certain ? new ProcessorRefused(message, status, code) : new ProcessorUnknown(message)
}
