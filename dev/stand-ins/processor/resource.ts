import type { Asked, Told } from '#dev/stand-ins/shared/serve.ts'
import { createConfirmed } from './confirm.ts'
import { expansions } from './expand.ts'
import { expandIn, readForm } from './form.ts'
import { createRefund, listDisputes, retrieveDispute, retrieveRefund } from './give-back.ts'
import type { Key } from './keys.ts'
import { cancel, list, retrieve, searchByMetadata } from './look-up.ts'
import type { Intent } from './model.ts'
import { unknownParameter } from './parameters.ts'
import { missing } from './refusal.ts'
import type { Shop } from './shop.ts'
import { ACCOUNT_VERSION } from './versions.ts'
import { createEndpoint, deleteEndpoint, listEndpoints, updateEndpoint } from './webhook-endpoints.ts'

/** Somebody whose key was known, in the version that their request has. */
export type Caller = { shop: Shop; key: Key; version: string }

const INTENTS: Record<string, Intent['object']> = { payment_intents: 'payment_intent', setup_intents: 'setup_intent' }

/** What the processor does at one of its addresses below /v1. */
export function resource(who: Caller, asked: Asked): Told {
  const [, version, name = '', id, verb, ...rest] = asked.path.split('/')
  if (version !== 'v1' || rest.length > 0) return missing('address')
  const call = `${asked.method} ${id === undefined ? '' : 'one'}${verb === undefined ? '' : ` ${verb}`}`.trim()
  const object = INTENTS[name]
  const wanted = expansions(who.key, expandIn(asked.method === 'GET' ? asked.query : readForm(asked.body)), shapeOf(object, call, id))
  if (!Array.isArray(wanted)) return wanted
  if (object !== undefined) return intents(who, asked, { object, call, id: id ?? '', expand: wanted }) ?? missing('address')
  return others(who.shop, asked, `${name} ${call}`, id ?? '') ?? missing('address')
}

function shapeOf(object: Intent['object'] | undefined, call: string, id: string | undefined): 'one' | 'list' | 'nothing' {
  if (object === undefined) return 'nothing'
  return call === 'GET' || id === 'search' ? 'list' : 'one'
}

type Wish = { object: Intent['object']; call: string; id: string; expand: readonly string[] }

function intents({ shop, version }: Caller, asked: Asked, { object, call, id, expand }: Wish): Told | null {
  const form = readForm(asked.body)
  if (call === 'POST') return unknownParameter(object, form, version) ?? createConfirmed(shop, object, form, expand)
  if (call === 'GET') return list(shop, object, asked.query, expand)
  if (call === 'GET one' && id === 'search' && object === 'payment_intent') return searchByMetadata(shop, asked.query)
  if (call === 'GET one') return retrieve(shop, object, id, expand)
  return call === 'POST one cancel' ? cancel(shop, object, id) : null
}

function others(shop: Shop, asked: Asked, call: string, id: string): Told | null {
  switch (call) {
    case 'refunds POST':
      return createRefund(shop, readForm(asked.body))
    case 'refunds GET one':
      return retrieveRefund(shop, id)
    case 'disputes GET':
      return listDisputes(shop, asked.query)
    case 'disputes GET one':
      return retrieveDispute(shop, id)
    case 'webhook_endpoints POST':
      return createEndpoint(shop, readForm(asked.body), ACCOUNT_VERSION)
    case 'webhook_endpoints GET':
      return listEndpoints(shop, asked.query)
    case 'webhook_endpoints POST one':
      return updateEndpoint(shop, id, readForm(asked.body))
    case 'webhook_endpoints DELETE one':
      return deleteEndpoint(shop, id)
    default:
      return null
  }
}
