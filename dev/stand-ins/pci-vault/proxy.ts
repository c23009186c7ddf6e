import * as z from 'zod'
import { PROXY_ATTEMPTS_PARAM, WEBHOOK_SECRET_HEADER } from '#api/adapters/pci-vault/dialect.ts'
import { isLoopback, send, type Heard } from '#dev/stand-ins/shared/loopback.ts'
import { json, jsonOrNull, type Asked, type Told } from '#dev/stand-ins/shared/serve.ts'
import { webhookShape } from './capture.ts'
import type { CardFields } from './cards.ts'
import { fill } from './template.ts'
import { failure, type Vault } from './vault.ts'

const orderShape = z.object({
  request: z.object({
    method: z.enum(['POST', 'PUT', 'PATCH']).default('POST'),
    url: z.string().refine(isLoopback, 'the url must be https, or http on this machine'),
    headers: z.array(z.record(z.string(), z.string())).default([]),
    body: z.string().default(''),
    extra_data: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  }),
  webhook: webhookShape.optional(),
})

type Order = z.infer<typeof orderShape>

/** What a webhook says when the processor was never heard. */
const SILENCE: Heard = { status: 502, headers: [], body: '{"error":"the third party did not answer"}' }

/** POST /v1/proxy/post?user=&passphrase=&token=&reference=: fills the card into a request and sends it on. */
export async function proxyPost(vault: Vault, asked: Asked): Promise<Told> {
  const { query } = asked
  if (!vault.keyIsRight(query)) return failure(403, 'invalid key or passphrase')
  if (query.has('debug')) return failure(400, 'debug would answer with the clear number: no code of ours may ask for it')
  const attempts = attemptsIn(query.get(PROXY_ATTEMPTS_PARAM))
  if (attempts === null) return failure(400, 'attempts must be 1 to 16')
  const order = orderShape.safeParse(jsonOrNull(asked.body))
  if (!order.success) return failure(400, z.prettifyError(order.error))
  const card = vault.cards.find(query.get('token') ?? '', query.get('reference') ?? '')
  if (card === null) return failure(404, 'token not found')
  const sending = askProcessor(vault, order.data.request, card, attempts)
  if (query.get('synchronous') === 'true') return withinLimit(vault, sending)
  const { webhook } = order.data
  if (webhook !== undefined) void tell(vault, webhook, sending)
  return json(200, { accepted: true })
}

function attemptsIn(text: string | null): number | null {
  if (text === null) return 8
  return /^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= 16 ? Number(text) : null
}

/** Tries again on 429, on 5xx and on silence, with back-off, and keeps what it heard last. Never rejects. */
async function askProcessor(vault: Vault, request: Order['request'], card: CardFields, attempts: number): Promise<Heard> {
  const extra = Object.fromEntries(Object.entries(request.extra_data ?? {}).map(([name, value]) => [name, String(value)]))
  const fields = { ...extra, ...card }
  const headers = Object.fromEntries(
    request.headers.flatMap((each) => Object.entries(each)).map(([name, value]) => [name.toLowerCase(), fill(value, fields)]),
  )
  const message = {
    method: request.method,
    url: fill(request.url, fields),
    headers,
    body: fill(request.body, fields),
    timeoutMs: vault.settings.proxyTimeoutMs,
  }
  let heard: Heard = SILENCE
  for (let tried = 0; tried < attempts; tried += 1) {
    if (tried > 0) await pause(vault.settings.proxyBackoffMs * 2 ** (tried - 1))
    heard = await send(message).catch(() => SILENCE)
    if (heard.status !== 429 && heard.status < 500) return heard
  }
  return heard
}

async function withinLimit(vault: Vault, sending: Promise<Heard>): Promise<Told> {
  const limit = pause(vault.settings.synchronousLimitMs).then(() => null)
  const heard = await Promise.race([sending, limit])
  return heard === null ? failure(504, 'the third party took longer than a synchronous call may') : json(200, answerBody(vault, heard))
}

async function tell(vault: Vault, webhook: z.infer<typeof webhookShape>, sending: Promise<Heard>): Promise<void> {
  const heard = await sending
  const headers = { 'content-type': 'application/json', [WEBHOOK_SECRET_HEADER]: webhook.secret }
  vault.sender.post({ kind: 'charge', url: webhook.url, headers: () => headers, body: JSON.stringify(answerBody(vault, heard)) })
}

function answerBody(vault: Vault, heard: Heard): object {
  return { headers: heard.headers.map(([name, value]) => ({ [name]: value })), body: heard.body, ...vault.statusField(heard.status) }
}

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms).unref()
  })
