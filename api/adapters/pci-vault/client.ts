import * as z from 'zod/mini'
import { ask, NoAnswer, platformFetch, type Fetch, type Question, type Reply } from '#api/adapters/ask.ts'
import type { CardForms } from './card-forms.ts'
import {
  CAPTURE_WEBHOOK_ATTEMPTS,
  CAPTURE_WEBHOOK_FIELD,
  captureTtl,
  CARD_METADATA_PARAM,
  DIGIT_FIELDS,
  FORM_TESTING_PARAM,
  PRODUCTION_HOST,
  PROXY_ATTEMPTS_PARAM,
} from './dialect.ts'
import { VaultRefused, VaultUnknown, type Capture, type CaptureOrder, type CardVault, type ProxyCharge } from './port.ts'
import { redact } from './redact.ts'

export type VaultConfig = {
  /** With the version, without a slash at the end: `https://api.pcivault.io/v1`. */
  baseUrl: string
  username: string
  password: string
  keyUser: string
  keyPassphrase: string
  forms: CardForms
  /** Default 10 s. The proxy is asynchronous, so a charge needs no more than any other call. */
  timeoutMs?: number
  fetch?: Fetch
}

type Call = { what: string; method: Question['method']; path: string; query: Record<string, string>; json?: unknown }

const captureAnswer = z.object({
  url: z.string(),
  secret: z.string().check(z.minLength(8)),
  expires_at: z.optional(z.string()),
  unique_id: z.optional(z.string()),
})

const errorAnswer = z.object({ error: z.string() })

/** The vault over HTTP. It has no way to ask for `debug`, which would answer with the clear number, nor to list or decrypt. */
export function createVault(config: VaultConfig): CardVault {
  const call = (request: Call): Promise<Reply> => callVault(config, request)
  return {
    createCapture: (order) => createCapture(config, call, order),
    deleteCapture: async (uniqueId) => {
      const path = `/capture/${encodeURIComponent(uniqueId)}`
      await call({ what: 'vault: delete capture', method: 'DELETE', path, query: {} }).catch((error: unknown) => {
        if (error instanceof VaultRefused && error.status === 404) return
        throw error
      })
    },
    proxyCharge: (order) => proxyCharge(config, call, order),
    ping: async () => {
      const ping = call({ what: 'vault: whoami', method: 'GET', path: '/whoami', query: {} })
      return ping.then(
        () => true,
        () => false,
      )
    },
  }
}

async function createCapture(config: VaultConfig, call: (c: Call) => Promise<Reply>, order: CaptureOrder): Promise<Capture> {
  if (!Number.isInteger(order.ttlMinutes) || order.ttlMinutes < 1 || order.ttlMinutes > 60) {
    throw new RangeError('A capture endpoint lives 1 to 60 whole minutes.')
  }
  const asked = Date.now()
  const reply = await call({
    what: 'vault: create capture',
    method: 'POST',
    path: '/capture',
    query: { ...keyOf(config), ttl: captureTtl(order.ttlMinutes), reference: order.reference, [CARD_METADATA_PARAM]: 'true' },
    json: { [CAPTURE_WEBHOOK_FIELD]: { ...order.webhook, max_attempts: CAPTURE_WEBHOOK_ATTEMPTS } },
  })
  const answer = captureAnswer.safeParse(jsonOrNull(reply.text))
  const uniqueId = answer.success ? (answer.data.unique_id ?? lastSegment(answer.data.url)) : ''
  if (!answer.success || uniqueId === '') {
    throw new VaultUnknown('vault: create capture: an answer without endpoint', reply.status)
  }
  const told = Date.parse(answer.data.expires_at ?? '')
  return {
    uniqueId,
    secret: answer.data.secret,
    iframeUrl: iframeUrl(config, uniqueId, answer.data.secret, order),
    expiresAt: new Date(Number.isNaN(told) ? asked + order.ttlMinutes * 60_000 : told),
  }
}

async function proxyCharge(config: VaultConfig, call: (c: Call) => Promise<Reply>, order: ProxyCharge): Promise<'accepted'> {
  refuseUnsafeTemplate(order)
  const { method, url, headers, body } = order.request
  await call({
    what: 'vault: charge',
    method: 'POST',
    path: '/proxy/post',
    // One attempt: the proxy's own repetition of a charge is the processor's to deduplicate, and ours to decide.
    query: { ...keyOf(config), token: order.token, reference: order.reference, [PROXY_ATTEMPTS_PARAM]: '1' },
    json: {
      request: { method, url, headers: Object.entries(headers).map(([name, value]) => ({ [name]: value })), body },
      webhook: order.webhook,
    },
  })
  return 'accepted'
}

/** The vault writes fields in without encoding them: one that holds letters could smuggle parameters into a charge. */
function refuseUnsafeTemplate(order: ProxyCharge): void {
  const { url, headers, body } = order.request
  const names = [...body.matchAll(/\{\{\{?([^{}]*)\}?\}\}/g)].map((match) => match[1] ?? '')
  const known: readonly string[] = DIGIT_FIELDS
  const unsafe = names.some((name) => !known.includes(name)) || body.includes('{{{')
  if (unsafe || url.includes('{{') || JSON.stringify(headers).includes('{{')) {
    throw new TypeError('A charge template may only hold the digit fields of a card, and only in its body.')
  }
}

async function callVault(config: VaultConfig, request: Call): Promise<Reply> {
  const query = new URLSearchParams(request.query).toString()
  const question: Question = {
    what: request.what,
    method: request.method,
    url: `${config.baseUrl}${request.path}${query === '' ? '' : `?${query}`}`,
    headers: {
      authorization: `Basic ${basic(config)}`,
      accept: 'application/json',
      ...(request.json === undefined ? {} : { 'content-type': 'application/json' }),
    },
    timeoutMs: config.timeoutMs ?? 10_000,
    ...(request.json === undefined ? {} : { body: JSON.stringify(request.json) }),
  }
  const reply = await ask(question, config.fetch ?? platformFetch).catch((error: unknown) => {
    if (error instanceof NoAnswer) throw new VaultUnknown(error.message, null)
    throw error
  })
  if (reply.status >= 200 && reply.status < 300) return reply
  const told = errorAnswer.safeParse(jsonOrNull(reply.text))
  const detail = told.success ? `, ${redact(told.data.error, secretsOf(config))}` : ''
  const message = `${request.what}: the vault answered ${reply.status}${detail}`
  // 408 comes from something between us that stopped waiting, not from a vault that decided.
  const certain = reply.status >= 400 && reply.status < 500 && reply.status !== 408
  throw certain ? new VaultRefused(message, reply.status) : new VaultUnknown(message, reply.status)
}

/** Holds what the vault documents and nothing else: a parameter that it does not know would be stored with the card. */
function iframeUrl(config: VaultConfig, uniqueId: string, secret: string, order: CaptureOrder): string {
  const query = new URLSearchParams({ unique_id: uniqueId, secret, reference: order.reference })
  if (new URL(config.baseUrl).hostname !== PRODUCTION_HOST) query.set(FORM_TESTING_PARAM, 'true')
  return `${config.baseUrl}/capture/iframe/${config.forms[`${order.site}.${order.locale}`]}?${query.toString()}`
}

const keyOf = (config: VaultConfig): Record<string, string> => ({ user: config.keyUser, passphrase: config.keyPassphrase })

const secretsOf = (config: VaultConfig): string[] => [basic(config), config.keyPassphrase, config.password]

/** Credentials may hold any letter; btoa alone throws on those beyond Latin-1. */
function basic(config: VaultConfig): string {
  const bytes = new TextEncoder().encode(`${config.username}:${config.password}`)
  return btoa(String.fromCharCode(...bytes))
}

const lastSegment = (path: string): string => path.split('?')[0]?.split('/').pop() ?? ''

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
