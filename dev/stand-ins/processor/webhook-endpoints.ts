import { isLoopback } from '#dev/stand-ins/shared/loopback.ts'
import { json, type Told } from '#dev/stand-ins/shared/serve.ts'
import { listIn, metadataIn } from './form.ts'
import { newName, seconds } from './model.ts'
import { badRequest, missing, refusal } from './refusal.ts'
import type { Endpoint, Shop } from './shop.ts'
import { VERSION } from './versions.ts'

type Form = Record<string, string>

const KNOWN = {
  create: ['url', 'enabled_events', 'api_version', 'description', 'metadata', 'connect'],
  update: ['url', 'enabled_events', 'description', 'metadata', 'disabled'],
}

/** POST /v1/webhook_endpoints: the secret is told once, here. Without `api_version` events have the account's. */
export function createEndpoint(shop: Shop, form: Form, accountVersion: string): Told {
  const wrong = complaint(form, 'create')
  if (wrong !== null) return wrong
  const apiVersion = form['api_version'] ?? null
  if (apiVersion !== null && !VERSION.test(apiVersion)) return badRequest(`Invalid API version: ${apiVersion}`, 'api_version')
  if (form['url'] === undefined || listIn(form, 'enabled_events').length === 0)
    return badRequest('url and enabled_events are required.', 'url')
  const endpoint: Endpoint = {
    id: newName('we'),
    url: form['url'],
    secret: `whsec_${newName('made')}`,
    apiVersion: apiVersion ?? accountVersion,
    namedVersion: apiVersion,
    events: listIn(form, 'enabled_events'),
    description: form['description'] ?? null,
    metadata: metadataIn(form),
    status: 'enabled',
    created: seconds(shop.now()),
  }
  shop.endpoints.set(endpoint.id, endpoint)
  return json(200, { ...shown(endpoint), secret: endpoint.secret })
}

/** POST /v1/webhook_endpoints/{id}. The version of an endpoint cannot be changed: another one is made instead. */
export function updateEndpoint(shop: Shop, id: string, form: Form): Told {
  const endpoint = shop.endpoints.get(id)
  if (endpoint === undefined) return missing('webhook_endpoint')
  const wrong = complaint(form, 'update')
  if (wrong !== null) return wrong
  const events = listIn(form, 'enabled_events')
  if (events.length > 0) endpoint.events = events
  endpoint.url = form['url'] ?? endpoint.url
  endpoint.description = form['description'] ?? endpoint.description
  if (form['disabled'] !== undefined) endpoint.status = form['disabled'] === 'true' ? 'disabled' : 'enabled'
  return json(200, shown(endpoint))
}

export function listEndpoints(shop: Shop, query: URLSearchParams): Told {
  const limit = Math.min(100, Number(query.get('limit') ?? 10) || 10)
  const all = [...shop.endpoints.values()].toReversed()
  return json(200, { object: 'list', url: '/v1/webhook_endpoints', has_more: all.length > limit, data: all.slice(0, limit).map(shown) })
}

export function deleteEndpoint(shop: Shop, id: string): Told {
  return shop.endpoints.delete(id) ? json(200, { id, object: 'webhook_endpoint', deleted: true }) : missing('webhook_endpoint')
}

function complaint(form: Form, what: keyof typeof KNOWN): Told | null {
  const unknown = Object.keys(form)
    .map((name) => name.split('[')[0] ?? '')
    .find((name) => !KNOWN[what].includes(name))
  if (unknown !== undefined)
    return refusal(400, {
      type: 'invalid_request_error',
      code: 'parameter_unknown',
      message: `Received unknown parameter: ${unknown}`,
      param: unknown,
    })
  // The real one asks for https; here nothing beyond this machine is reached.
  return form['url'] === undefined || isLoopback(form['url'])
    ? null
    : refusal(400, { type: 'invalid_request_error', code: 'url_invalid', message: 'Invalid URL', param: 'url' })
}

const shown = (endpoint: Endpoint) => ({
  id: endpoint.id,
  object: 'webhook_endpoint',
  api_version: endpoint.namedVersion,
  application: null,
  created: endpoint.created,
  description: endpoint.description,
  enabled_events: endpoint.events,
  livemode: false,
  metadata: endpoint.metadata,
  status: endpoint.status,
  url: endpoint.url,
})
