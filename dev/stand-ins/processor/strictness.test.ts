import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { STRIPE_VERSION } from '#api/adapters/processor/stripe-template.ts'
import { HEARD_EVENTS } from '#api/adapters/processor/stripe-webhook.ts'
import { capturedCard, charged, sendCharge, nthAt } from '#dev/stand-ins/shared/charge.ts'
import { openParties, SECRET_KEY, VAULT_KEY, type Parties } from '#dev/stand-ins/shared/payment-parties.ts'
import { ALL_RIGHTS, OWN_RIGHTS, twoKeys, VAULT_RIGHTS, type Rights } from './keys.ts'

const FULL_KEY = 'full-key-of-tests'

let parties: Parties
beforeEach(async () => {
  parties = await openParties({ processor: { keys: [...twoKeys(SECRET_KEY, VAULT_KEY), { secret: FULL_KEY, rights: ALL_RIGHTS }] } })
})
afterEach(() => parties.stop())

type Call = { key?: string; version?: string; body?: Record<string, string>; method?: string }
async function ask(path: string, { key = FULL_KEY, version = STRIPE_VERSION, body, method }: Call = {}) {
  const response = await fetch(`${parties.processor.url}/v1/${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: { authorization: `Bearer ${key}`, ...(version === '' ? {} : { 'stripe-version': version }) },
    ...(body === undefined ? {} : { body: new URLSearchParams(body) }),
  })
  return { status: response.status, headers: response.headers, json: z.record(z.string(), z.unknown()).parse(await response.json()) }
}

const errorIn = (answer: { json: Record<string, unknown> }) =>
  z.object({ type: z.string(), code: z.string().optional(), message: z.string() }).parse(answer.json['error'])

const card = (extra: Record<string, string> = {}) => ({
  amount: '4900',
  currency: 'eur',
  confirm: 'true',
  'payment_method_data[type]': 'card',
  'payment_method_data[card][number]': '4242424242424242',
  'payment_method_data[card][exp_month]': '12',
  'payment_method_data[card][exp_year]': '2040',
  ...extra,
})

const paid = async (): Promise<string> => z.string().parse((await ask('payment_intents', { body: card() })).json['id'])

describe('an account that was never allowed to send card numbers', () => {
  it('is refused as the processor does it, which is no word about the card', async () => {
    const gated = await openParties({ processor: { takesRawCards: false } })
    const answer = await charged(gated, await capturedCard(gated, '4242424242424242'))
    expect(answer).toEqual({ kind: 'error', outcome: 'nothing', httpStatus: 402, code: 'invalid_request_error' })
    expect(await charged(gated, await capturedCard(gated, '4000000000000002'), { setup: true })).toEqual(answer)
    expect(gated.processor.shop.books.intents.size).toBe(0)
    await gated.stop()
  })
})

describe('a restricted key', () => {
  it.each([
    ['payment_intents/pi_1', 'GET', VAULT_KEY, 404],
    ['refunds', 'POST', VAULT_KEY, 403],
    ['disputes', 'GET', VAULT_KEY, 403],
    ['webhook_endpoints', 'GET', VAULT_KEY, 403],
    ['disputes', 'GET', SECRET_KEY, 200],
    ['refunds', 'POST', SECRET_KEY, 404],
    ['webhook_endpoints', 'GET', SECRET_KEY, 403],
    ['webhook_endpoints', 'GET', FULL_KEY, 200],
  ])('%s %s with %s answers %i', async (path, method, key, status) => {
    const answer = await ask(path, { key, ...(method === 'POST' ? { body: { amount: '1' } } : {}) })
    expect(answer.status).toBe(status)
    if (status === 403)
      expect(errorIn(answer)).toMatchObject({ type: 'invalid_request_error', message: expect.stringMatching(/'rak_\w+' permission/) })
  })

  const without = (rights: Rights, ...names: (keyof Rights)[]): Rights =>
    Object.fromEntries(Object.entries(rights).filter(([name]) => !names.some((one) => one === name)))

  it('needs every right that docs/before-going-live.md gives it', async () => {
    for (const missing of ['payment_intent', 'payment_method'] as const) {
      const keys = [
        { secret: SECRET_KEY, rights: OWN_RIGHTS },
        { secret: VAULT_KEY, rights: without(VAULT_RIGHTS, missing) },
      ]
      const poor = await openParties({ processor: { keys } })
      const answer = await charged(poor, await capturedCard(poor, '4242424242424242'))
      expect(answer).toEqual({ kind: 'error', outcome: 'nothing', httpStatus: 403, code: 'invalid_request_error' })
      await poor.stop()
    }
    const keys = [
      { secret: SECRET_KEY, rights: without(OWN_RIGHTS, 'payment_method') },
      { secret: VAULT_KEY, rights: VAULT_RIGHTS },
    ]
    const poor = await openParties({ processor: { keys } })
    const answer = await charged(poor, await capturedCard(poor, '4242424242424242'))
    if (answer.kind !== 'succeeded') throw new Error(answer.kind)
    await expect(poor.charges.retrieve(answer.processorId)).rejects.toMatchObject({ name: 'ProcessorRefused', status: 403 })
    await poor.stop()
  })

  it('that travels is another than the one for our own calls', async () => {
    const path = await sendCharge(parties, await capturedCard(parties, '4242424242424242'))
    const { body } = await nthAt(parties, path)
    expect(body).not.toContain(VAULT_KEY)
    const answer = parties.charges.chargeTemplate({
      amountCents: 1,
      currency: 'EUR',
      idempotencyKey: 'k',
      description: 'x',
      metadata: { attemptId: 'a', invoiceId: 'i' },
      returnUrl: parties.listener.url,
      offSession: false,
    })
    expect(answer.headers['Authorization']).toBe(`Bearer ${VAULT_KEY}`)
  })
})

describe('expand', () => {
  it.each([
    ['payment_intents/ID?expand[]=payment_method', 200],
    ['payment_intents/ID?expand[]=customer', 400],
    ['payment_intents?expand[]=data.payment_method', 200],
    ['payment_intents?expand[]=payment_method', 400],
    ['disputes?expand[]=data.charge', 400],
  ])('%s answers %i', async (path, status) => {
    expect((await ask(path.replace('ID', await paid()))).status).toBe(status)
  })
})

describe('versions', () => {
  it('refuse what they do not know', async () => {
    const old = { 'payment_method_types[0]': 'card' }
    const fresh = { 'allowed_payment_method_types[0]': 'card' }
    const statuses = [
      await ask('payment_intents', { version: '2024-06-20', body: card(old) }),
      await ask('payment_intents', { version: '', body: card(old) }),
      await ask('payment_intents', { version: '2026-08-26.dahlia', body: card({ ...old, ...fresh }) }),
      await ask('payment_intents', { version: '2026-10-28.endive', body: card(fresh) }),
      await ask('payment_intents', { version: '2026-10-28.endive', body: card(old) }),
      await ask('payment_intents', { version: '2024-06-20', body: card(fresh) }),
      await ask('payment_intents', { body: card({ cvc: '123' }) }),
      await ask('payment_intents', { version: 'yesterday', body: card() }),
    ]
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 200, 200, 400, 400, 400, 400])
    expect(errorIn(statuses[4] ?? { json: {} })).toMatchObject({ code: 'parameter_unknown' })
    expect([statuses[1], statuses[3]].map((one) => one?.headers.get('stripe-version'))).toEqual(['2024-06-20', '2026-10-28.endive'])
  })

  const eventsAt = async (apiVersion: string, act: (processorId: string) => Promise<unknown>): Promise<string[]> => {
    const path = `/at-${apiVersion}-${parties.listener.heard.length}`
    parties.processor.tellTo({ url: `${parties.listener.url}${path}`, secret: 'x', apiVersion })
    const processorId = await paid()
    await nthAt(parties, path)
    await act(processorId)
    await nthAt(parties, path, 2)
    await new Promise((resolve) => setTimeout(resolve, 150))
    const heard = parties.listener.heard
      .filter((asked) => asked.path === path)
      .map(({ body }) => z.object({ type: z.string(), api_version: z.string() }).parse(JSON.parse(body)))
    expect(new Set(heard.map(({ api_version }) => api_version))).toEqual(new Set([apiVersion]))
    return heard
      .map(({ type }) => type)
      .slice(1)
      .toSorted()
  }
  const refunded = (processorId: string) => ask('refunds', { body: { payment_intent: processorId } })

  it('are the endpoint’s: refund.* comes for a charge since 2024-10-28 alone', async () => {
    expect(await eventsAt('2024-06-20', refunded)).toEqual(['charge.refunded'])
    expect(await eventsAt('2024-10-28.acacia', refunded)).toEqual(['charge.refunded', 'refund.created'])
  })

  it('are the endpoint’s: a dispute is prevented since 2025-08-27 alone', async () => {
    const control = (body: object) =>
      fetch(`${parties.processor.url}/_disputes`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    const prevented = async (processorId: string) => {
      const { id } = z.object({ id: z.string() }).parse(await (await control({ payment_intent: processorId })).json())
      await control({ dispute: id, outcome: 'prevented' })
    }
    expect(await eventsAt('2025-07-30.basil', prevented)).toEqual(['charge.dispute.created'])
    expect(await eventsAt('2025-08-27.basil', prevented)).toEqual(['charge.dispute.closed', 'charge.dispute.created'])
  })
})

describe('disputes', () => {
  it('are listed newest first, of one payment or of all', async () => {
    const [one, two] = [await paid(), await paid()]
    for (const payment_intent of [one, two, one]) {
      const headers = { 'content-type': 'application/json' }
      await fetch(`${parties.processor.url}/_disputes`, { method: 'POST', headers, body: JSON.stringify({ payment_intent }) })
    }
    const list = async (query: string) =>
      z
        .object({ has_more: z.boolean(), data: z.array(z.object({ id: z.string(), payment_intent: z.string() })) })
        .parse((await ask(`disputes?${query}`)).json)
    expect((await list('')).data.map(({ payment_intent }) => payment_intent)).toEqual([one, two, one])
    expect((await list(`payment_intent=${two}`)).data).toHaveLength(1)
    const first = await list('limit=2')
    expect([first.has_more, (await list(`limit=2&starting_after=${first.data[1]?.id}`)).data.length]).toEqual([true, 1])
  })
})

describe('webhook endpoints', () => {
  it('are made, listed, changed and deleted, with a version that stays and a secret that is told once', async () => {
    const url = `${parties.listener.url}/made`
    const made = await ask('webhook_endpoints', { body: { url, api_version: STRIPE_VERSION, ...events(HEARD_EVENTS) } })
    expect(made.json).toMatchObject({
      object: 'webhook_endpoint',
      api_version: STRIPE_VERSION,
      enabled_events: HEARD_EVENTS,
      status: 'enabled',
      url,
    })
    expect(made.json['secret']).toMatch(/^whsec_/)
    const id = z.string().parse(made.json['id'])
    const listed = z.array(z.record(z.string(), z.unknown())).parse((await ask('webhook_endpoints')).json['data'])
    expect(listed.find((one) => one['id'] === id)).not.toHaveProperty('secret')
    expect((await ask(`webhook_endpoints/${id}`, { body: { api_version: '2024-06-20' } })).status).toBe(400)
    expect((await ask(`webhook_endpoints/${id}`, { body: events(['refund.created']) })).json).toMatchObject({
      enabled_events: ['refund.created'],
    })
    const processorId = await paid()
    await ask('refunds', { body: { payment_intent: processorId } })
    expect(z.object({ type: z.string() }).parse(JSON.parse((await nthAt(parties, '/made')).body)).type).toBe('refund.created')
    expect((await ask(`webhook_endpoints/${id}`, { method: 'DELETE' })).json).toMatchObject({ deleted: true })
    expect((await ask('webhook_endpoints', { body: { url: 'https://example.com', ...events(['*']) } })).status).toBe(400)
  })

  const events = (names: readonly string[]) => Object.fromEntries(names.map((name, n) => [`enabled_events[${n}]`, name]))
})
