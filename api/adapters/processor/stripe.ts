import type { Stripe } from 'stripe'
import * as z from 'zod/mini'
import { ProcessorUnknown, type Answer, type Processor, type RefundOrder, type RefundState } from './port.ts'
import { answerOf, intentShape, parseAnswer, type Intent } from './stripe-answer.ts'
import { failureOf, makeClient, type ClientConfig } from './stripe-client.ts'
import { refundOf, refundShape } from './stripe-refund.ts'
import { chargeTemplate, setupTemplate } from './stripe-template.ts'
import { readEvent, verifyWebhook } from './stripe-webhook.ts'

export type StripeConfig = ClientConfig & {
  /** Travels through the vault in the templates, and may do less. */
  vaultKey: string
  /** Where the vault reaches the processor, when that differs from where we do. */
  proxiedBaseUrl?: string
}

const listShape = z.object({ data: z.array(intentShape), has_more: z.optional(z.boolean()) })

/** Pages of 100 that a look for one set-up may read: more set-ups than that do not happen around one moment. */
const MAX_PAGES = 10

/** Clocks differ; a look for an attempt begins this long before it was sent. */
const CLOCK_SLACK_S = 300

/** Has the answer say what is known of the card, instead of an id alone. */
const EXPAND_CARD = { expand: ['payment_method'] }

export function createStripe(config: StripeConfig): Processor {
  const proxied = { baseUrl: config.proxiedBaseUrl ?? config.baseUrl, key: config.vaultKey }
  const stripe = makeClient(config)
  return {
    chargeTemplate: (order) => chargeTemplate(proxied, order),
    setupTemplate: (order) => setupTemplate(proxied, order),
    parseAnswer,
    retrieve: (processorId) => retrieve(stripe, processorId),
    findByAttempt: async ({ attemptId, intent, since }) => {
      const found = intent === 'CHARGE' ? await search(stripe, attemptId) : await listSetups(stripe, attemptId, since)
      // The search tells which one it was. How it stood when it was indexed may be an hour old, so the object itself is asked.
      return found === null ? null : retrieve(stripe, found.id)
    },
    cancel: async ({ processorId, idempotencyKey }) => {
      const intents = isSetup(processorId) ? stripe.setupIntents : stripe.paymentIntents
      return intentIn(await called('processor: cancel', () => intents.cancel(processorId, {}, { idempotencyKey })))
    },
    refund: (order) => refund(stripe, order),
    verifyWebhook,
    readEvent,
  }
}

async function retrieve(stripe: Stripe, processorId: string): Promise<Answer> {
  const intents = isSetup(processorId) ? stripe.setupIntents : stripe.paymentIntents
  return intentIn(await called('processor: retrieve', () => intents.retrieve(processorId, EXPAND_CARD)))
}

async function refund(stripe: Stripe, { processorId, amountCents, metadata, idempotencyKey }: RefundOrder): Promise<RefundState> {
  const fields = { payment_intent: processorId, amount: amountCents, metadata }
  const made = refundShape.safeParse(await called('processor: refund', () => stripe.refunds.create(fields, { idempotencyKey })))
  if (!made.success) throw new ProcessorUnknown('processor: refund: an answer that cannot be read')
  return refundOf(made.data)
}

async function search(stripe: Stripe, attemptId: string): Promise<Intent | null> {
  const query = `metadata['attemptId']:'${safeName(attemptId)}'`
  const found = listIn(await called('processor: search', () => stripe.paymentIntents.search({ query, limit: 10 })))
  return found.data.find((intent) => intent.metadata['attemptId'] === attemptId) ?? null
}

/** Set-up intents have no search; the list by date is read instead, newest first. */
async function listSetups(stripe: Stripe, attemptId: string, since: Date): Promise<Intent | null> {
  const created = { gte: Math.floor(since.getTime() / 1000) - CLOCK_SLACK_S }
  let after: string | undefined
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const wish = { created, limit: 100, ...(after === undefined ? {} : { starting_after: after }) }
    const list = listIn(await called('processor: list set-ups', () => stripe.setupIntents.list(wish)))
    const found = list.data.find((intent) => intent.metadata['attemptId'] === attemptId)
    if (found !== undefined) return found
    after = list.data.at(-1)?.id
    if (list.has_more !== true || after === undefined) return null
  }
  throw new ProcessorUnknown('processor: list set-ups: more pages than are read')
}

/** What leaves here is read by our own shapes: the library's types promise what an answer need not hold, and it takes an error of a stranger between us for an answer. */
async function called(what: string, call: () => Promise<unknown>): Promise<unknown> {
  try {
    return await call()
  } catch (error) {
    throw failureOf(what, error)
  }
}

function intentIn(answer: unknown): Answer {
  const intent = intentShape.safeParse(answer)
  if (!intent.success) throw new ProcessorUnknown('processor: an intent that cannot be read')
  return answerOf(intent.data)
}

function listIn(answer: unknown): z.infer<typeof listShape> {
  const list = listShape.safeParse(answer)
  if (!list.success) throw new ProcessorUnknown('processor: a list that cannot be read')
  return list.data
}

const isSetup = (processorId: string): boolean => processorId.startsWith('seti_')

/** Quotes would end the search's own; our ids hold none. */
function safeName(attemptId: string): string {
  if (!/^[\w-]{1,100}$/.test(attemptId)) throw new TypeError('An attempt id holds letters, digits, _ and - only.')
  return attemptId
}
