import { randomBytes } from 'node:crypto'
import * as z from 'zod'
import {
  CAPTURE_SECRET_HEADER,
  CAPTURE_WEBHOOK_FIELD,
  CARD_METADATA_PARAM,
  WEBHOOK_SECRET_HEADER,
} from '#api/adapters/pci-vault/dialect.ts'
import { testCard } from '#dev/stand-ins/processor/test-cards.ts'
import { isLoopback } from '#dev/stand-ins/shared/loopback.ts'
import { json, jsonOrNull, type Asked, type Told } from '#dev/stand-ins/shared/serve.ts'
import type { CardFields } from './cards.ts'
import { failure, newSecret, same, type CaptureEndpoint, type Vault } from './vault.ts'

export const webhookShape = z.object({
  url: z.string().refine(isLoopback, 'the webhook url must be https, or http on this machine'),
  secret: z.string().min(1),
  metadata: z.unknown().optional(),
})

const orderShape = z.object({ [CAPTURE_WEBHOOK_FIELD]: webhookShape.optional() })

const DAY_MS = 86_400_000

/** POST /v1/capture?user=&passphrase=&ttl=&reference= */
export function createCapture(vault: Vault, asked: Asked): Told {
  if (!vault.keyIsRight(asked.query)) return failure(403, 'invalid key or passphrase')
  const ttlMs = durationMs(asked.query.get('ttl'))
  if (ttlMs === null) return failure(400, 'invalid ttl')
  const order = orderShape.safeParse(asked.body === '' ? {} : jsonOrNull(asked.body))
  if (!order.success) return failure(400, z.prettifyError(order.error))
  const id = randomBytes(16).toString('base64url')
  const endpoint: CaptureEndpoint = {
    id,
    secret: newSecret(),
    reference: asked.query.get('reference') ?? id,
    expiresAt: ttlMs === 0 ? null : new Date(vault.now().getTime() + ttlMs),
    webhook: order.data[CAPTURE_WEBHOOK_FIELD] ?? null,
    tellsMetadata: vault.settings.knowsMetadata && asked.query.get(CARD_METADATA_PARAM) === 'true',
  }
  vault.captures.set(id, endpoint)
  const expires_at = endpoint.expiresAt?.toISOString()
  return json(200, {
    url: `/v1/capture/${id}`,
    secret: endpoint.secret,
    unique_id: id,
    ...(expires_at === undefined ? {} : { expires_at }),
  })
}

/** DELETE /v1/capture/{unique_id} */
export function deleteCapture(vault: Vault, id: string): Told {
  return vault.captures.delete(id) ? json(200, { deleted: true }) : failure(404, 'not found')
}

/** What the hosted form sends, and whatever else it was given: parameters of its address that it does not know travel with the card. */
const formShape = z
  .object({
    card_number: z.string().regex(/^\d(?:[ -]?\d){11,18}$/),
    card_holder: z.string().max(200).optional(),
    cvv: z
      .string()
      .regex(/^\d{3,4}$/)
      .optional(),
    expiry: z.string().max(10).optional(),
    expiry_year: z.string().max(4).optional(),
    expiry_year_short: z.string().max(2).optional(),
    expiry_month: z.string().max(2).optional(),
    card_type: z.string().max(40).optional(),
    last_four: z.string().max(4).optional(),
  })
  .catchall(z.string().max(500))

/** The hosted page reads this from any origin: it holds the endpoint's secret, not a cookie. */
export const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'POST, OPTIONS',
  'access-control-allow-headers': `content-type, ${CAPTURE_SECRET_HEADER}`,
  'access-control-max-age': '300',
}

/** POST /v1/capture/{unique_id}?form_type=pcd: the browser sends the card and hears three words. Works until expiry, as often as one likes. */
export function capture(vault: Vault, asked: Asked, id: string): Told {
  const endpoint = vault.endpoint(id)
  if (endpoint === null) return withCors(failure(404, 'not found or expired'))
  if (!same(asked.headers[CAPTURE_SECRET_HEADER] ?? '', endpoint.secret)) return withCors(failure(403, 'invalid secret'))
  const form = formShape.safeParse(jsonOrNull(asked.body))
  if (!form.success) return withCors(failure(400, 'invalid card'))
  const fields: CardFields = Object.fromEntries(Object.entries(form.data).filter((pair): pair is [string, string] => pair[1] !== undefined))
  const reference = asked.query.get('reference') ?? endpoint.reference
  const token = vault.cards.keep(reference, fields)
  if (endpoint.webhook !== null) tell(vault, endpoint, endpoint.webhook, { token, reference, fields })
  return withCors(json(200, { user: vault.settings.keyUser, token, reference }))
}

const withCors = (told: Told): Told => ({ ...told, headers: { ...told.headers, ...CORS } })

type Stored = { token: string; reference: string; fields: CardFields }

function tell(vault: Vault, endpoint: CaptureEndpoint, webhook: NonNullable<CaptureEndpoint['webhook']>, stored: Stored): void {
  const { token, reference, fields } = stored
  const number = fields['card_number'] ?? ''
  const known = testCard(number)
  const brand = known?.brand ?? fields['card_type'] ?? 'unknown'
  const safe_data = JSON.stringify({
    card_holder: fields['card_holder'] ?? '',
    last_four: number.replaceAll(/\D/g, '').slice(-4),
    card_type: brand,
    expiry: fields['expiry'] ?? '',
  })
  const country_name = known?.country ?? 'France'
  const issuer = [{ brand: brand.toUpperCase(), issuing_bank: 'STAND-IN BANK', country_name, card_type: 'CREDIT', card_level: 'STANDARD' }]
  const body = JSON.stringify({
    metadata: webhook.metadata ?? {},
    token_info: {
      token,
      user: vault.settings.keyUser,
      reference,
      stored_at: vault.now().toISOString(),
      safe_data,
      ...(endpoint.tellsMetadata ? { card_metadata: { issuer } } : {}),
    },
  })
  const headers = { 'content-type': 'application/json', [WEBHOOK_SECRET_HEADER]: webhook.secret }
  vault.sender.post({ kind: 'capture', url: webhook.url, headers: () => headers, body })
}

/** `PT10M`, `P1D`, or `45m` as older clients write; absent is a day, `P0T`, `0` and their kind are for ever. */
function durationMs(ttl: string | null): number | null {
  if (ttl === null) return DAY_MS
  if (ttl === 'P0T' || ttl === '0') return 0
  const short = /^(\d{1,5})([smhd])$/.exec(ttl)
  if (short !== null) return Number(short[1]) * ({ s: 1000, m: 60_000, h: 3_600_000, d: DAY_MS }[short[2] ?? 's'] ?? 0)
  const iso = /^P(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})S)?)?$/.exec(ttl)
  if (iso === null || iso.slice(1).every((part) => part === undefined)) return null
  const [days, hours, minutes, secs] = iso.slice(1).map((part) => Number(part ?? 0))
  return (days ?? 0) * DAY_MS + (hours ?? 0) * 3_600_000 + (minutes ?? 0) * 60_000 + (secs ?? 0) * 1000
}
