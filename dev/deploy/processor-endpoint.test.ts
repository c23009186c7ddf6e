import { afterEach, beforeEach, expect, test } from 'vitest'
import { STRIPE_VERSION } from '#api/adapters/processor/stripe-template.ts'
import { HEARD_EVENTS, verifyWebhook } from '#api/adapters/processor/stripe-webhook.ts'
import type { Rights } from '#dev/stand-ins/processor/keys.ts'
import { capturedCard, charged, nthAt } from '#dev/stand-ins/shared/charge.ts'
import { openParties, SECRET_KEY, VAULT_KEY, type Parties } from '#dev/stand-ins/shared/payment-parties.ts'
import { OWN_RIGHTS, VAULT_RIGHTS } from '#dev/stand-ins/processor/keys.ts'
import { endpointAccount, makeEndpoint, mustHaveEndpoint, tellEvents, type EndpointAccount } from './processor-endpoint.ts'

const DEPLOY_RIGHTS: Rights = { webhook: 'write' }
const KEYS = [
  { secret: SECRET_KEY, rights: OWN_RIGHTS },
  { secret: VAULT_KEY, rights: VAULT_RIGHTS },
  { secret: 'deploy-key', rights: DEPLOY_RIGHTS },
]

let parties: Parties
let account: EndpointAccount
beforeEach(async () => {
  parties = await openParties({ processor: { keys: KEYS } })
  parties.processor.shop.endpoints.clear()
  account = { baseUrl: parties.processor.url, key: 'deploy-key', url: `${parties.listener.url}/webhooks/processor` }
})
afterEach(() => parties.stop())

const endpoints = () =>
  [...parties.processor.shop.endpoints.values()].map(({ url, apiVersion, status, events }) => ({ url, apiVersion, status, events }))

test('without an endpoint nothing is deployed; the one that is made sends what is read, signed with the secret that was told', async () => {
  await expect(mustHaveEndpoint(account)).rejects.toThrow(
    `Nothing was deployed: the processor has no webhook endpoint for ${account.url}; ${STRIPE_VERSION} is read here (node dev/processor-endpoint.ts makes it).`,
  )
  const secret = await makeEndpoint(account)
  expect(endpoints()).toEqual([{ url: account.url, apiVersion: STRIPE_VERSION, status: 'enabled', events: HEARD_EVENTS }])
  await mustHaveEndpoint(account)
  await charged(parties, await capturedCard(parties, '4242424242424242'))
  const { body, headers } = await nthAt(parties, '/webhooks/processor')
  expect(await verifyWebhook(headers['stripe-signature'] ?? null, body, new Date(), secret ?? '')).toMatchObject({
    type: 'payment_intent.succeeded',
  })
})

test('one that is there is left as it is, and its secret is not told again', async () => {
  await makeEndpoint(account)
  expect([await makeEndpoint(account), await tellEvents(account), endpoints().length]).toEqual([null, 'kept', 1])
})

test('one of another version stops the deployment, is followed by a new one, and then sends nothing more', async () => {
  parties.processor.tellTo({ url: account.url, secret: 'old', apiVersion: '2024-06-20' })
  await expect(mustHaveEndpoint(account)).rejects.toThrow(
    `the processor's webhook endpoint speaks 2024-06-20 at ${account.url}; ${STRIPE_VERSION} is read here`,
  )
  expect(await makeEndpoint(account)).toMatch(/^whsec_/)
  expect(endpoints()).toMatchObject([{ status: 'disabled' }, { status: 'enabled', apiVersion: STRIPE_VERSION }])
  await mustHaveEndpoint(account)
})

test('its list of events follows the release', async () => {
  parties.processor.tellTo({ url: account.url, secret: 'x', events: ['payment_intent.succeeded'] })
  expect([await tellEvents(account), endpoints()[0]?.events, await tellEvents(account)]).toEqual(['changed', HEARD_EVENTS, 'kept'])
})

test('what belongs to somebody else at the same account is let be', async () => {
  parties.processor.tellTo({ url: `${parties.listener.url}/of-another`, secret: 'x', events: ['*'] })
  await makeEndpoint(account)
  expect(endpoints()[0]).toMatchObject({ status: 'enabled', events: ['*'] })
})

test('a key without the right, and a processor that is not there, are told of in a sentence', async () => {
  await expect(mustHaveEndpoint({ ...account, key: SECRET_KEY })).rejects.toThrow(
    /^Nothing was deployed: the processor did not list its webhook endpoints \(it answered 403\)\.$/,
  )
  await expect(mustHaveEndpoint({ ...account, baseUrl: 'http://127.0.0.1:9' })).rejects.toThrow('did not list its webhook endpoints')
})

test('without a key for it a deployment leaves the endpoint to whoever made it', () => {
  const env = { STAM_DOMAIN: 'be-stam.com', PROCESSOR_DEPLOY_KEY: 'rk_deploy' }
  expect(endpointAccount(env)).toEqual({
    baseUrl: 'https://api.stripe.com',
    key: 'rk_deploy',
    url: 'https://be-stam.com/webhooks/processor',
  })
  expect(endpointAccount({ ...env, PROCESSOR_DEPLOY_KEY: '' })).toBeNull()
})
