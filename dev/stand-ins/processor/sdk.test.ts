import { Stripe } from 'stripe'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HEARD_EVENTS } from '#api/adapters/processor/stripe-webhook.ts'
import { STRIPE_VERSION } from '#api/adapters/processor/stripe-template.ts'
import { nthAt } from '#dev/stand-ins/shared/charge.ts'
import { openParties, WEBHOOK_SECRET, type Parties } from '#dev/stand-ins/shared/payment-parties.ts'
import { ALL_RIGHTS, VAULT_RIGHTS } from './keys.ts'

/** The processor's own library, which speaks with the stand-in as it speaks with the processor. */
const KEYS = [
  { secret: 'full', rights: ALL_RIGHTS },
  { secret: 'narrow', rights: VAULT_RIGHTS },
]

let parties: Parties
beforeEach(async () => {
  parties = await openParties({ processor: { keys: KEYS } })
})
afterEach(() => parties.stop())

function sdk(key = 'full'): Stripe {
  const { hostname: host, port } = new URL(parties.processor.url)
  const at = { host, port, protocol: 'http', apiVersion: STRIPE_VERSION } as const
  return new Stripe(key, { ...at, maxNetworkRetries: 0, telemetry: false, httpClient: Stripe.createFetchHttpClient() })
}

const RAW = { exp_month: 12, exp_year: 2040, cvc: '123' }

/** A number as the vault writes it into a request: the library's types have no place for it, as they should not. */
const cardOf = (number: string) => ({ type: 'card', card: { ...RAW, number } }) as Stripe.PaymentIntentCreateParams.PaymentMethodData

const charge = (number = '4242424242424242', attemptId = 'a1'): Stripe.PaymentIntentCreateParams => ({
  amount: 4900,
  currency: 'eur',
  confirm: true,
  allowed_payment_method_types: ['card'],
  payment_method_data: cardOf(number),
  return_url: 'https://be-stam.com/back',
  metadata: { attemptId },
})

describe('the processor’s own library', () => {
  it('charges, looks up, searches, cancels and gives back', async () => {
    const stripe = sdk()
    const made = await stripe.paymentIntents.create({ ...charge(), expand: ['payment_method'] }, { idempotencyKey: 'once' })
    expect(made).toMatchObject({ status: 'succeeded', payment_method: { card: { last4: '4242' } } })
    expect(made.lastResponse).toMatchObject({ apiVersion: STRIPE_VERSION, requestId: expect.stringMatching(/^req_/) })
    expect((await stripe.paymentIntents.create({ ...charge(), expand: ['payment_method'] }, { idempotencyKey: 'once' })).id).toBe(made.id)
    expect(await stripe.paymentIntents.retrieve(made.id, { expand: ['payment_method'] })).toMatchObject({ id: made.id })
    expect((await stripe.paymentIntents.search({ query: "metadata['attemptId']:'a1'", limit: 10 })).data[0]?.id).toBe(made.id)
    const asks = await stripe.paymentIntents.create(charge('4000002500003155', 'a2'))
    expect(asks.next_action?.redirect_to_url?.url).toContain('/3d_secure/')
    expect(await stripe.paymentIntents.cancel(asks.id)).toMatchObject({ status: 'canceled' })
    const refund = await stripe.refunds.create(
      { payment_intent: made.id, amount: 1000, metadata: { refundId: 'r' } },
      { idempotencyKey: 'back' },
    )
    expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({ status: 'succeeded', amount: 1000 })
  })

  it('lists set-ups, page by page by itself', async () => {
    const stripe = sdk()
    for (let n = 0; n < 3; n += 1)
      await stripe.setupIntents.create({
        confirm: true,
        usage: 'off_session',
        payment_method_data: cardOf('4242424242424242'),
        metadata: { n: String(n) },
      })
    const seen: (string | undefined)[] = []
    for await (const { metadata } of stripe.setupIntents.list({ limit: 2, created: { gte: 0 }, expand: ['data.payment_method'] }))
      seen.push(metadata?.['n'])
    expect(seen).toEqual(['2', '1', '0'])
  })

  it('lists disputes and keeps webhook endpoints', async () => {
    const stripe = sdk()
    const { id } = await stripe.paymentIntents.create(charge())
    const headers = { 'content-type': 'application/json' }
    await fetch(`${parties.processor.url}/_disputes`, { method: 'POST', headers, body: JSON.stringify({ payment_intent: id }) })
    const [dispute] = (await stripe.disputes.list({ payment_intent: id })).data
    expect(await stripe.disputes.retrieve(dispute?.id ?? '')).toMatchObject({ payment_intent: id, status: 'needs_response' })
    const enabled_events = [...HEARD_EVENTS]
    const made = await stripe.webhookEndpoints.create({ url: `${parties.listener.url}/sdk`, enabled_events, api_version: STRIPE_VERSION })
    expect(made).toMatchObject({ api_version: STRIPE_VERSION, secret: expect.stringMatching(/^whsec_/) })
    expect(await stripe.webhookEndpoints.update(made.id, { disabled: true })).toMatchObject({ status: 'disabled' })
    expect((await stripe.webhookEndpoints.list()).data.map((one) => one.id)).toContain(made.id)
    expect(await stripe.webhookEndpoints.del(made.id)).toMatchObject({ deleted: true })
  })

  it('proves an event with the endpoint’s secret', async () => {
    await sdk().paymentIntents.create(charge())
    const { body, headers } = await nthAt(parties, '/processor')
    const proven = await Stripe.webhooks.constructEventAsync(
      body,
      headers['stripe-signature'] ?? '',
      WEBHOOK_SECRET,
      undefined,
      Stripe.createSubtleCryptoProvider(),
    )
    expect(proven).toMatchObject({ type: 'payment_intent.created', api_version: STRIPE_VERSION })
    await expect(
      Stripe.webhooks.constructEventAsync(
        body,
        headers['stripe-signature'] ?? '',
        'another',
        undefined,
        Stripe.createSubtleCryptoProvider(),
      ),
    ).rejects.toThrow('No signatures found')
  })
})

describe('its errors', () => {
  const caught = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      () => null,
      (error: unknown) => error,
    )

  it('are told apart as the processor’s are', async () => {
    const stripe = sdk()
    const gone = (fault: 'dead' | 'gone' | 'rate_limited') => {
      parties.processor.faults.arm({ fault })
      return caught(stripe.paymentIntents.retrieve('pi_1'))
    }
    await stripe.paymentIntents.create(charge(), { idempotencyKey: 'k' })
    const errors = [
      await caught(sdk('nobody').paymentIntents.retrieve('pi_1')),
      await caught(sdk('narrow').refunds.create({ payment_intent: 'pi_1' })),
      await caught(stripe.paymentIntents.retrieve('pi_1')),
      await caught(stripe.paymentIntents.create(charge('4000000000000002', 'a3'))),
      await caught(stripe.paymentIntents.create({ ...charge(), amount: 1 }, { idempotencyKey: 'k' })),
      await gone('rate_limited'),
      await gone('dead'),
      await gone('gone'),
    ]
    expect(
      errors.map((error) => (error instanceof Stripe.errors.StripeError ? [error.type, error.statusCode, error.code] : error)),
    ).toEqual([
      ['StripeAuthenticationError', 401, undefined],
      ['StripePermissionError', 403, undefined],
      ['StripeInvalidRequestError', 404, 'resource_missing'],
      ['StripeCardError', 402, 'card_declined'],
      ['StripeIdempotencyError', 400, undefined],
      ['StripeRateLimitError', 429, 'rate_limit'],
      ['StripeAPIError', 503, undefined],
      ['StripeConnectionError', undefined, undefined],
    ])
  })

  it('call it a card error, by its status alone, where the account may not send card numbers: the raw type says what it is', async () => {
    const gated = await openParties({ processor: { keys: KEYS, takesRawCards: false } })
    const { hostname: host, port } = new URL(gated.processor.url)
    const stripe = new Stripe('full', { host, port, protocol: 'http', maxNetworkRetries: 0, httpClient: Stripe.createFetchHttpClient() })
    expect(await caught(stripe.paymentIntents.create(charge()))).toMatchObject({
      type: 'StripeCardError',
      rawType: 'invalid_request_error',
      statusCode: 402,
      message: expect.stringMatching(/^Sending credit card numbers directly/),
    })
    await gated.stop()
  })
})
