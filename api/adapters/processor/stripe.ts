import * as z from 'zod/mini'
import { ask, NoAnswer, platformFetch, type Fetch, type Question, type Reply } from '#api/adapters/ask.ts'
import { formBody, nested } from './form.ts'
import { ProcessorRefused, ProcessorUnknown, type Answer, type Processor, type RefundOrder, type RefundState } from './port.ts'
import { answerOf, intentShape, jsonOrNull, parseAnswer, type Intent } from './stripe-answer.ts'
import { refundOf, refundShape } from './stripe-refund.ts'
import { chargeTemplate, setupTemplate, STRIPE_VERSION } from './stripe-template.ts'
import { readEvent, verifyWebhook } from './stripe-webhook.ts'

export type StripeConfig = {
  baseUrl: string
  /** Of every call that we make ourselves. */
  ownKey: string
  /** Travels through the vault in the templates, and may do less. */
  vaultKey: string
  /** Where the vault reaches the processor, when that differs from where we do. */
  proxiedBaseUrl?: string
  /** Default 10 s. */
  timeoutMs?: number
  fetch?: Fetch
}

type Call = { what: string; method: Question['method']; path: string; body?: string; idempotencyKey?: string }

const listShape = z.object({ data: z.array(intentShape), has_more: z.optional(z.boolean()) })
const errorShape = z.object({ error: z.object({ code: z.optional(z.nullable(z.string())), type: z.optional(z.string()) }) })

/** Pages of 100 that a look for one set-up may read: more set-ups than that do not happen around one moment. */
const MAX_PAGES = 10

/** Clocks differ; a look for an attempt begins this long before it was sent. */
const CLOCK_SLACK_S = 300

export function createStripe(config: StripeConfig): Processor {
  const proxied = { baseUrl: config.proxiedBaseUrl ?? config.baseUrl, key: config.vaultKey }
  return {
    chargeTemplate: (order) => chargeTemplate(proxied, order),
    setupTemplate: (order) => setupTemplate(proxied, order),
    parseAnswer,
    retrieve: (processorId) => retrieve(config, processorId),
    findByAttempt: async ({ attemptId, intent, since }) => {
      const found = intent === 'CHARGE' ? await search(config, attemptId) : await listSetups(config, attemptId, since)
      // The search tells which one it was. How it stood when it was indexed may be an hour old, so the object itself is asked.
      return found === null ? null : retrieve(config, found.id)
    },
    cancel: async ({ processorId, idempotencyKey }) => {
      const path = `${pathOf(processorId)}/cancel`
      return intentIn(await call(config, { what: 'processor: cancel', method: 'POST', path, body: '', idempotencyKey }))
    },
    refund: (order) => refund(config, order),
    verifyWebhook,
    readEvent,
  }
}

async function retrieve(config: StripeConfig, processorId: string): Promise<Answer> {
  const query = new URLSearchParams({ 'expand[]': 'payment_method' })
  const path = `${pathOf(processorId)}?${query.toString()}`
  return intentIn(await call(config, { what: 'processor: retrieve', method: 'GET', path }))
}

async function refund(config: StripeConfig, order: RefundOrder): Promise<RefundState> {
  const fields = { payment_intent: order.processorId, amount: String(order.amountCents), ...nested('metadata', order.metadata) }
  const { idempotencyKey } = order
  const reply = await call(config, {
    what: 'processor: refund',
    method: 'POST',
    path: '/v1/refunds',
    body: formBody(fields),
    idempotencyKey,
  })
  const made = refundShape.safeParse(jsonOrNull(reply.text))
  if (!made.success) throw new ProcessorUnknown('processor: refund: an answer that cannot be read')
  return refundOf(made.data)
}

async function search(config: StripeConfig, attemptId: string): Promise<Intent | null> {
  const query = new URLSearchParams({ query: `metadata['attemptId']:'${safeName(attemptId)}'`, limit: '10' })
  const path = `/v1/payment_intents/search?${query.toString()}`
  const found = listIn(await call(config, { what: 'processor: search', method: 'GET', path }))
  return found.data.find((intent) => intent.metadata['attemptId'] === attemptId) ?? null
}

/** Set-up intents have no search; the list by date is read instead, newest first. */
async function listSetups(config: StripeConfig, attemptId: string, since: Date): Promise<Intent | null> {
  const from = Math.floor(since.getTime() / 1000) - CLOCK_SLACK_S
  let after: string | undefined
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const query = new URLSearchParams({
      'created[gte]': String(from),
      limit: '100',
      'expand[]': 'data.payment_method',
      ...(after === undefined ? {} : { starting_after: after }),
    })
    const path = `/v1/setup_intents?${query.toString()}`
    const list = listIn(await call(config, { what: 'processor: list set-ups', method: 'GET', path }))
    const found = list.data.find((intent) => intent.metadata['attemptId'] === attemptId)
    if (found !== undefined) return found
    after = list.data.at(-1)?.id
    if (list.has_more !== true || after === undefined) return null
  }
  throw new ProcessorUnknown('processor: list set-ups: more pages than are read')
}

async function call(config: StripeConfig, request: Call): Promise<Reply> {
  const question: Question = {
    what: request.what,
    method: request.method,
    url: `${config.baseUrl}${request.path}`,
    headers: {
      authorization: `Bearer ${config.ownKey}`,
      'stripe-version': STRIPE_VERSION,
      ...(request.body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      ...(request.idempotencyKey === undefined ? {} : { 'idempotency-key': request.idempotencyKey }),
    },
    timeoutMs: config.timeoutMs ?? 10_000,
    ...(request.body === undefined ? {} : { body: request.body }),
  }
  const reply = await ask(question, config.fetch ?? platformFetch).catch((error: unknown) => {
    if (error instanceof NoAnswer) throw new ProcessorUnknown(error.message)
    throw error
  })
  if (reply.status >= 200 && reply.status < 300) return reply
  const told = errorShape.safeParse(jsonOrNull(reply.text))
  const named = told.success ? (told.data.error.code ?? told.data.error.type ?? '') : ''
  const code = /^[a-z_]{1,60}$/.test(named) ? named : `http_${reply.status}`
  const message = `${request.what}: the processor answered ${reply.status} (${code})`
  const certain = told.success && reply.status >= 400 && reply.status < 500 && reply.status !== 409 && reply.status !== 429
  throw certain ? new ProcessorRefused(message, reply.status, code) : new ProcessorUnknown(message)
}

function intentIn(reply: Reply): Answer {
  const intent = intentShape.safeParse(jsonOrNull(reply.text))
  if (!intent.success) throw new ProcessorUnknown('processor: an intent that cannot be read')
  return answerOf(intent.data, reply.status)
}

function listIn(reply: Reply): z.infer<typeof listShape> {
  const list = listShape.safeParse(jsonOrNull(reply.text))
  if (!list.success) throw new ProcessorUnknown('processor: a list that cannot be read')
  return list.data
}

function pathOf(processorId: string): string {
  const kind = processorId.startsWith('seti_') ? 'setup_intents' : 'payment_intents'
  return `/v1/${kind}/${encodeURIComponent(processorId)}`
}

/** Quotes would end the search's own; our ids hold none. */
function safeName(attemptId: string): string {
  if (!/^[\w-]{1,100}$/.test(attemptId)) throw new TypeError('An attempt id holds letters, digits, _ and - only.')
  return attemptId
}
