import { createHash, timingSafeEqual } from 'node:crypto'
import type { Asked, Told } from '#dev/stand-ins/shared/serve.ts'
import { refusal } from './refusal.ts'

/** What a restricted key can be given, by the names that the processor's own refusals use (`rak_payment_intent_write`). */
const RESOURCES = ['payment_intent', 'setup_intent', 'payment_method', 'charge', 'dispute', 'webhook'] as const
type Resource = (typeof RESOURCES)[number]
export type Rights = Partial<Record<Resource, 'read' | 'write'>>
export type Key = { secret: string; rights: Rights }

/** The account's full key, which no program of ours is to have. */
export const ALL_RIGHTS: Rights = Object.fromEntries(RESOURCES.map((resource) => [resource, 'write']))

/** The rights of the two restricted keys that docs/before-going-live.md asks for, and no more. */
export const OWN_RIGHTS: Rights = {
  payment_intent: 'write',
  setup_intent: 'write',
  payment_method: 'read',
  charge: 'write',
  dispute: 'read',
}
export const VAULT_RIGHTS: Rights = { payment_intent: 'write', setup_intent: 'write', payment_method: 'read' }

/** An account with those two keys. */
export const twoKeys = (own: string, vault: string): Key[] => [
  { secret: own, rights: OWN_RIGHTS },
  { secret: vault, rights: VAULT_RIGHTS },
]

const RESOURCE_AT: Record<string, Resource> = {
  payment_intents: 'payment_intent',
  setup_intents: 'setup_intent',
  refunds: 'charge',
  disputes: 'dispute',
  webhook_endpoints: 'webhook',
}

/** The key that a request shows, or null when it is none of the account's. */
export function keyOf(keys: readonly Key[], asked: Asked): Key | null {
  const given = digest(asked.headers['authorization'] ?? '')
  return keys.find(({ secret }) => timingSafeEqual(given, digest(`Bearer ${secret}`))) ?? null
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Null when the key may do this. Reading is part of writing (docs.stripe.com/keys/restricted-api-keys). */
export function missingRight(key: Key, asked: Asked): Told | null {
  const resource = RESOURCE_AT[asked.path.split('/')[2] ?? '']
  return resource === undefined ? null : missing(key, resource, asked.method === 'GET' ? 'read' : 'write')
}

/** What is expanded has to be read, too. */
export const missingToExpand = (key: Key): Told | null => missing(key, 'payment_method', 'read')

function missing({ secret, rights }: Key, resource: Resource, need: 'read' | 'write'): Told | null {
  const has = rights[resource]
  if (has === 'write' || has === need) return null
  const message = `The provided key '${secret.slice(0, 8)}***${secret.slice(-4)}' does not have the required permissions for this endpoint on account 'acct_standin'. Having the 'rak_${resource}_${need}' permission would allow this request to continue.`
  return refusal(403, { type: 'invalid_request_error', message })
}
