import { makeClient } from '#api/adapters/processor/stripe-client.ts'
import { STRIPE_VERSION } from '#api/adapters/processor/stripe-template.ts'
import { HEARD_EVENTS } from '#api/adapters/processor/stripe-webhook.ts'
import { PlainError } from '#dev/plain-error.ts'

/** `key`: a restricted one that may write webhook endpoints and nothing else; it stays with whoever deploys. `url`: where the Worker hears the processor. */
export type EndpointAccount = { baseUrl: string; key: string; url: string }

type Endpoint = { id: string; apiVersion: string | null; isOn: boolean; events: string[] }

/** An account has sixteen endpoints at most (https://docs.stripe.com/webhooks); one page holds them all. */
const ALL = 100

/**
 * Stops when no endpoint sends to this Worker in the version that this release reads. Shapes are the endpoint's, not those of the requests that led to
 * an event, and an endpoint's version cannot be changed: another one is made (`node dev/processor-endpoint.ts`), with a secret of its own.
 */
export async function mustHaveEndpoint(account: EndpointAccount): Promise<void> {
  const ours = await endpointsOf(account)
  if (ours.some(isReadable)) return
  const found = ours.filter(({ isOn }) => isOn).map(({ apiVersion }) => apiVersion ?? "the account's own version")
  const has =
    found.length === 0 ? 'the processor has no webhook endpoint for' : `the processor's webhook endpoint speaks ${found.join(', ')} at`
  throw new PlainError(
    `Nothing was deployed: ${has} ${account.url}; ${STRIPE_VERSION} is read here (node dev/processor-endpoint.ts makes it).`,
  )
}

/** Has the endpoint send what this release reads. To be called once the release is live: an older one would answer 200 to what it does not read, and it would be lost. */
export async function tellEvents(account: EndpointAccount): Promise<'kept' | 'changed'> {
  const endpoint = (await endpointsOf(account)).find(isReadable)
  if (endpoint === undefined) throw new PlainError(`The processor has no webhook endpoint for ${account.url}.`)
  if (String(endpoint.events.toSorted()) === String(HEARD_EVENTS.toSorted())) return 'kept'
  await clientOf(account).webhookEndpoints.update(endpoint.id, { enabled_events: [...HEARD_EVENTS] })
  return 'changed'
}

/**
 * Makes the endpoint and returns its secret, which is told this once; null when it is there. Older ones of the same address are switched off after it:
 * they sign with another secret, and what the new one sends before the Worker knows its secret is refused and sent again, for three days.
 */
export async function makeEndpoint(account: EndpointAccount): Promise<string | null> {
  const before = await endpointsOf(account)
  if (before.some(isReadable)) return null
  const { webhookEndpoints } = clientOf(account)
  const made = await webhookEndpoints.create({
    url: account.url,
    api_version: STRIPE_VERSION,
    enabled_events: [...HEARD_EVENTS],
  })
  for (const { id } of before.filter(({ isOn }) => isOn)) await webhookEndpoints.update(id, { disabled: true })
  if (made.secret === undefined) throw new PlainError('The processor made an endpoint and did not tell its secret.')
  return made.secret
}

/** From the environment of a deployment; null where nobody gave a key for it, and the endpoint is looked after by hand. */
export function endpointAccount(env: Readonly<Record<string, string | undefined>>): EndpointAccount | null {
  const { PROCESSOR_BASE_URL: baseUrl = 'https://api.stripe.com', PROCESSOR_DEPLOY_KEY: key, STAM_DOMAIN: domain } = env
  return key && domain ? { baseUrl, key, url: `https://${domain}/webhooks/processor` } : null
}

const isReadable = ({ apiVersion, isOn }: Endpoint): boolean => isOn && apiVersion === STRIPE_VERSION

const clientOf = ({ baseUrl, key }: EndpointAccount) => makeClient({ baseUrl, ownKey: key })

async function endpointsOf(account: EndpointAccount): Promise<Endpoint[]> {
  const { data } = await clientOf(account)
    .webhookEndpoints.list({ limit: ALL })
    .catch((error: unknown) => {
      const status =
        typeof error === 'object' && error !== null && 'statusCode' in error ? `it answered ${String(error.statusCode)}` : 'no answer'
      throw new PlainError(`Nothing was deployed: the processor did not list its webhook endpoints (${status}).`)
    })
  return data
    .filter(({ url }) => url === account.url)
    .map(({ id, api_version, status, enabled_events }) => ({
      id,
      apiVersion: api_version,
      isOn: status === 'enabled',
      events: enabled_events,
    }))
}
