import { createHash, timingSafeEqual } from 'node:crypto'
import { WebhookSender, doubling } from '#dev/stand-ins/shared/deliver.ts'
import { Faults, faultsRoute } from '#dev/stand-ins/shared/faults.ts'
import { HANG_UP, json, refuseProduction, serve, type Asked, type Served, type Told } from '#dev/stand-ins/shared/serve.ts'
import { bankPage } from './bank-page.ts'
import { createConfirmed } from './confirm.ts'
import { disputesRoute, webhookRoute } from './control.ts'
import { readForm } from './form.ts'
import { createRefund, retrieveDispute, retrieveRefund } from './give-back.ts'
import { cancel, list, retrieve, searchByMetadata } from './look-up.ts'
import type { Remembered } from './model.ts'
import { missing, refusal } from './refusal.ts'
import { Shop, type WebhookTarget } from './shop.ts'

export type ProcessorOptions = {
  /** 0 takes any free port. */
  port: number
  /** What `Authorization: Bearer` must carry. */
  secretKey: string
  /** Where signed events go; can be set later through `POST /_webhook` or `tellTo`. */
  webhook?: WebhookTarget
  /** The address buyers' browsers reach, for the bank's page; default: where it listens. */
  publicUrl?: string
  now?: () => Date
  webhookAttempts?: number
  firstBackoffMs?: number
  laterMs?: number
  searchLagMs?: number
}

export type ProcessorStandIn = Served & { faults: Faults; shop: Shop; sender: WebhookSender; tellTo: (target: WebhookTarget) => void }

/** Starts a payment processor with Stripe's shapes that knows test cards only. Everything is in memory. */
export async function start(options: ProcessorOptions): Promise<ProcessorStandIn> {
  refuseProduction('The payment processor')
  const faults = new Faults()
  const sender = new WebhookSender({
    faults,
    attempts: options.webhookAttempts ?? 8,
    backoffMs: doubling(options.firstBackoffMs ?? 1000),
    timeoutMs: 10_000,
  })
  let url = ''
  const shop = new Shop({
    sender,
    now: options.now ?? (() => new Date()),
    url: () => options.publicUrl ?? url,
    searchLagMs: options.searchLagMs ?? 0,
    laterMs: options.laterMs ?? 5000,
    webhook: options.webhook ?? null,
  })
  const served = await serve({ port: options.port }, (asked) => route(shop, faults, sender, options.secretKey, asked))
  url = served.url
  const stop = async (): Promise<void> => {
    sender.stop()
    shop.stop()
    await served.stop()
  }
  return {
    ...served,
    stop,
    faults,
    shop,
    sender,
    tellTo: (target) => {
      shop.webhook = target
    },
  }
}

async function route(shop: Shop, faults: Faults, sender: WebhookSender, secretKey: string, asked: Asked): Promise<Told | typeof HANG_UP> {
  if (asked.path === '/_faults') return faultsRoute(faults, asked)
  if (asked.path === '/_disputes') return disputesRoute(shop, asked)
  if (asked.path === '/_webhook') return webhookRoute(shop, asked)
  if (asked.path === '/_deliveries') return json(200, { deliveries: sender.deliveries })
  if (asked.path === '/_health') return json(200, { ok: true })
  const bank = /^\/3d_secure\/(\w+)$/.exec(asked.path)?.[1]
  if (bank !== undefined) return bankPage(shop, asked, bank)
  if (!bearerIs(asked, secretKey)) return refusal(401, { type: 'invalid_request_error', message: 'Invalid API key.' })
  return troubled(faults, asked, (delayMs) => answered(shop, asked, delayMs))
}

/** Lets an armed fault have its way with one request. */
async function troubled(faults: Faults, asked: Asked, act: (delayMs: number) => Promise<Told>): Promise<Told | typeof HANG_UP> {
  const fault = faults.strike(['dead', 'rate_limited', 'slow', 'answer_lost', 'gone'], asked.path)
  if (fault?.fault === 'gone') return HANG_UP
  if (fault?.fault === 'dead') return refusal(503, { type: 'api_error', message: 'Out of order.' })
  if (fault?.fault === 'rate_limited')
    return refusal(429, { type: 'invalid_request_error', code: 'rate_limit', message: 'Too many requests.' })
  const told = await act(fault?.fault === 'slow' ? fault.delayMs : 0)
  return fault?.fault === 'answer_lost' ? HANG_UP : told
}

/** Honours Idempotency-Key: the same request gets the same answer, another one is refused, one still running is told so. */
async function answered(shop: Shop, asked: Asked, delayMs: number): Promise<Told> {
  const key = asked.headers['idempotency-key']
  if (asked.method !== 'POST' || key === undefined) return slowly(resource(shop, asked), delayMs)
  const fingerprint = createHash('sha256').update(`${asked.path}\n${asked.body}`).digest('hex')
  const known = shop.books.idempotency.get(key)
  if (known !== undefined) return replayed(known, fingerprint)
  const remembered: Remembered = { fingerprint, reply: null }
  shop.books.idempotency.set(key, remembered)
  const told = resource(shop, asked)
  const body = told.body ?? ''
  await slowly(told, delayMs)
  // A request that was malformed did nothing and may be repeated in a better form.
  if (told.status === 400) shop.books.idempotency.delete(key)
  else remembered.reply = { status: told.status, body }
  return { ...told, body }
}

function replayed(known: Remembered, fingerprint: string): Told {
  if (known.fingerprint !== fingerprint) {
    return refusal(400, { type: 'idempotency_error', message: 'This key was used for another request.' })
  }
  if (known.reply === null) {
    return refusal(409, { type: 'invalid_request_error', code: 'idempotency_key_in_use', message: 'The same request is still running.' })
  }
  return { ...known.reply, headers: { 'content-type': 'application/json', 'idempotent-replayed': 'true' } }
}

function slowly(told: Told, delayMs: number): Promise<Told> {
  return delayMs === 0 ? Promise.resolve(told) : new Promise((resolve) => setTimeout(() => resolve(told), delayMs))
}

function resource(shop: Shop, asked: Asked): Told {
  const [, version, name = '', id, verb, ...rest] = asked.path.split('/')
  const object = name === 'payment_intents' ? 'payment_intent' : name === 'setup_intents' ? 'setup_intent' : null
  const call = `${asked.method} ${id === undefined ? '' : 'one'}${verb === undefined ? '' : ` ${verb}`}`.trim()
  if (version !== 'v1' || rest.length > 0) return missing('address')
  if (object !== null) {
    if (call === 'POST') return createConfirmed(shop, object, readForm(asked.body))
    if (call === 'GET') return list(shop, object, asked.query)
    if (call === 'GET one' && id === 'search' && object === 'payment_intent') return searchByMetadata(shop, asked.query)
    if (call === 'GET one') return retrieve(shop, object, id ?? '', asked.query)
    if (call === 'POST one cancel') return cancel(shop, object, id ?? '')
  }
  if (name === 'refunds' && call === 'POST') return createRefund(shop, readForm(asked.body))
  if (name === 'refunds' && call === 'GET one') return retrieveRefund(shop, id ?? '')
  if (name === 'disputes' && call === 'GET one') return retrieveDispute(shop, id ?? '')
  return missing('address')
}

function bearerIs(asked: Asked, secretKey: string): boolean {
  const given = createHash('sha256')
    .update(asked.headers['authorization'] ?? '')
    .digest()
  return timingSafeEqual(given, createHash('sha256').update(`Bearer ${secretKey}`).digest())
}
