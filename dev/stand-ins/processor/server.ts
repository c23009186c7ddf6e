import { createHash, randomBytes } from 'node:crypto'
import { WebhookSender, doubling } from '#dev/stand-ins/shared/deliver.ts'
import { Faults, faultsRoute } from '#dev/stand-ins/shared/faults.ts'
import { HANG_UP, json, refuseProduction, serve, type Asked, type Served, type Told } from '#dev/stand-ins/shared/serve.ts'
import { bankPage } from './bank-page.ts'
import { disputesRoute } from './control.ts'
import { keyOf, missingRight, type Key } from './keys.ts'
import type { Remembered } from './model.ts'
import { badRequest, refusal } from './refusal.ts'
import { resource, type Caller } from './resource.ts'
import { Shop, type WebhookTarget } from './shop.ts'
import { ACCOUNT_VERSION, VERSION } from './versions.ts'

export type ProcessorOptions = {
  /** 0 takes any free port. */
  port: number
  /** What `Authorization: Bearer` may carry, and what each of them may do. */
  keys: readonly Key[]
  /** False for an account that was never allowed to send card numbers. */
  takesRawCards?: boolean
  /** Where signed events go; set later through `POST /v1/webhook_endpoints` or `tellTo`. */
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
    takesRawCards: options.takesRawCards ?? true,
  })
  const served = await serve({ port: options.port }, (asked) => route(shop, faults, sender, options.keys, asked))
  url = served.url
  if (options.webhook !== undefined) shop.tellTo(options.webhook)
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
    tellTo: (target) => shop.tellTo(target),
  }
}

async function route(
  shop: Shop,
  faults: Faults,
  sender: WebhookSender,
  keys: readonly Key[],
  asked: Asked,
): Promise<Told | typeof HANG_UP> {
  if (asked.path === '/_faults') return faultsRoute(faults, asked)
  if (asked.path === '/_disputes') return disputesRoute(shop, asked)
  if (asked.path === '/_deliveries') return json(200, { deliveries: sender.deliveries })
  if (asked.path === '/_health') return json(200, { ok: true })
  const bank = /^\/3d_secure\/(\w+)$/.exec(asked.path)?.[1]
  if (bank !== undefined) return bankPage(shop, asked, bank)
  const key = keyOf(keys, asked)
  if (key === null) return refusal(401, { type: 'invalid_request_error', message: 'Invalid API Key provided.' })
  const version = asked.headers['stripe-version'] ?? ACCOUNT_VERSION
  const refused = VERSION.test(version) ? missingRight(key, asked) : badRequest(`Invalid Stripe API version: ${version}`)
  if (refused !== null) return refused
  return troubled(faults, asked, (delayMs) => answered({ shop, key, version }, asked, delayMs))
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
async function answered(who: Caller, asked: Asked, delayMs: number): Promise<Told> {
  const { shop } = who
  const key = asked.headers['idempotency-key']
  if (asked.method !== 'POST' || key === undefined) return slowly(answeredTo(who, asked), delayMs)
  const fingerprint = createHash('sha256').update(`${asked.path}\n${asked.body}`).digest('hex')
  const known = shop.books.idempotency.get(key)
  if (known !== undefined) return replayed(known, fingerprint)
  const remembered: Remembered = { fingerprint, reply: null }
  shop.books.idempotency.set(key, remembered)
  const told = answeredTo(who, asked)
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

/** Each answer says which request it answers and in which version. */
function answeredTo(who: Caller, asked: Asked): Told {
  const told = resource(who, asked)
  const names = { 'request-id': `req_${randomBytes(7).toString('hex')}`, 'stripe-version': who.version }
  return { ...told, headers: { ...told.headers, ...names } }
}
