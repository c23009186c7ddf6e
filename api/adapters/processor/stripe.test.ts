import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { USER_AGENT } from '#domain/base/user-agent.ts'
import type { Fetch } from '#api/adapters/ask.ts'
import { chargeWebhook } from '#api/adapters/pci-vault/webhook.ts'
import { capturedCard, charged, sendCharge, nthAt } from '#dev/stand-ins/shared/charge.ts'
import { openParties, SECRET_KEY, VAULT_KEY, type Parties } from '#dev/stand-ins/shared/payment-parties.ts'
import { ProcessorRefused, ProcessorUnknown, type Answer } from './port.ts'
import { createStripe } from './stripe.ts'
import { STRIPE_VERSION } from './stripe-template.ts'

let parties: Parties
beforeAll(async () => {
  parties = await openParties()
})
afterAll(() => parties.stop())
beforeEach(() => {
  parties.vault.faults.clear()
  parties.processor.faults.clear()
})

const caught = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: unknown) => error,
  )

async function paid(number = '4242424242424242', amountCents = 4900): Promise<Answer & { kind: 'succeeded' }> {
  const answer = await charged(parties, await capturedCard(parties, number), { amountCents })
  if (answer.kind !== 'succeeded') throw new Error(`It was to succeed but is ${answer.kind}.`)
  return answer
}

async function decideAtBank(answer: Answer, decision: 'accept' | 'refuse'): Promise<URL> {
  if (answer.kind !== 'requires_action') throw new Error(`It was to ask the bank but is ${answer.kind}.`)
  const body = new URLSearchParams({ decision })
  const response = await fetch(answer.redirectUrl, { method: 'POST', body, redirect: 'manual' })
  return new URL(response.headers.get('location') ?? '')
}

const said = (answer: Answer): string => (answer.kind === 'declined' ? answer.declineCode : answer.kind)

describe('a charge with each test number', () => {
  it.each([
    ['4242424242424242', 'succeeded', 'succeeded'],
    ['4000002500000003', 'succeeded', 'succeeded'],
    ['5555555555554444', 'succeeded', 'succeeded'],
    ['378282246310005', 'succeeded', 'succeeded'],
    ['4000000000000002', 'generic_decline', 'generic_decline'],
    ['4000000000009995', 'insufficient_funds', 'insufficient_funds'],
    ['4000000000009987', 'lost_card', 'lost_card'],
    ['4000000000009979', 'stolen_card', 'stolen_card'],
    ['4000000000000069', 'expired_card', 'expired_card'],
    ['4000000000000127', 'incorrect_cvc', 'incorrect_cvc'],
    ['4000000000000119', 'processing_error', 'processing_error'],
    ['4000002500003155', 'requires_action', 'succeeded'],
    ['4000002760003184', 'requires_action', 'authentication_required'],
    ['4000008400001629', 'requires_action', 'generic_decline'],
    ['4000000000000259', 'succeeded', 'succeeded'],
    ['4000000000000341', 'succeeded', 'generic_decline'],
    ['4000000000007726', 'succeeded', 'succeeded'],
    ['4000000000005126', 'succeeded', 'succeeded'],
    // A good number that no test list knows: a real card typed by mistake.
    ['4111111111111111', 'test_mode_live_card', 'test_mode_live_card'],
  ])('%s: %s at the checkout, %s at a renewal', async (number, present, absent) => {
    const card = await capturedCard(parties, number)
    expect(said(await charged(parties, card))).toBe(present)
    expect(said(await charged(parties, card, { offSession: true }))).toBe(absent)
  })
})

describe('the bank', () => {
  it('accepts: the buyer comes back and the payment is found succeeded', async () => {
    const answer = await charged(parties, await capturedCard(parties, '4000002500003155'))
    const back = await decideAtBank(answer, 'accept')
    expect([back.pathname, back.searchParams.get('checkout'), back.searchParams.get('redirect_status')]).toEqual([
      '/back',
      '1',
      'succeeded',
    ])
    expect(await parties.charges.retrieve(back.searchParams.get('payment_intent') ?? '')).toMatchObject({
      kind: 'succeeded',
      amountCents: 4900,
    })
  })

  it('refuses: declined, and asking the bank again changes nothing', async () => {
    const answer = await charged(parties, await capturedCard(parties, '4000002760003184'))
    const back = await decideAtBank(answer, 'refuse')
    expect(back.searchParams.get('redirect_status')).toBe('failed')
    await decideAtBank(answer, 'accept')
    expect(await parties.charges.retrieve(back.searchParams.get('payment_intent') ?? '')).toMatchObject({
      kind: 'declined',
      declineCode: 'payment_intent_authentication_failure',
    })
  })

  it('may accept a card that is declined afterwards', async () => {
    const answer = await charged(parties, await capturedCard(parties, '4000008400001629'))
    expect((await decideAtBank(answer, 'accept')).searchParams.get('redirect_status')).toBe('failed')
  })

  it('shows nothing to somebody without the secret', async () => {
    const answer = await charged(parties, await capturedCard(parties, '4000002500003155'))
    if (answer.kind !== 'requires_action') throw new Error(answer.kind)
    expect((await fetch(answer.redirectUrl.replace(/secret=.*/, 'secret=x'))).status).toBe(404)
    expect(await (await fetch(answer.redirectUrl, { headers: { 'accept-language': 'fr-FR' } })).text()).toContain('Confirmer')
    expect(await (await fetch(answer.redirectUrl, { headers: { 'accept-language': 'en-GB' } })).text()).toContain('€49.00')
  })

  it('authenticates a card for a free trial', async () => {
    const answer = await charged(parties, await capturedCard(parties, '4000002500003155'), { setup: true })
    expect(answer).toMatchObject({ kind: 'requires_action', intent: 'SETUP', amountCents: 0 })
    const back = await decideAtBank(answer, 'accept')
    expect(await parties.charges.retrieve(back.searchParams.get('setup_intent') ?? '')).toMatchObject({
      kind: 'succeeded',
      intent: 'SETUP',
    })
  })

  it('can no longer take money once the payment is cancelled', async () => {
    const answer = await charged(parties, await capturedCard(parties, '4000002500003155'))
    if (answer.kind !== 'requires_action') throw new Error(answer.kind)
    expect(await parties.charges.cancel({ processorId: answer.processorId, idempotencyKey: 'cancel-1' })).toMatchObject({
      kind: 'declined',
      declineCode: 'canceled',
    })
    await decideAtBank(answer, 'accept')
    expect(await parties.charges.retrieve(answer.processorId)).toMatchObject({ kind: 'declined' })
  })
})

describe('what became of an attempt', () => {
  it('is found when the answer was lost after the charge went through', async () => {
    const card = await capturedCard(parties, '4242424242424242')
    parties.processor.faults.arm({ fault: 'answer_lost', match: '/v1/payment_intents' })
    const since = new Date()
    expect(await charged(parties, card, { attemptId: 'lost-1' })).toMatchObject({ kind: 'error', outcome: 'unknown' })
    expect(await parties.charges.findByAttempt({ attemptId: 'lost-1', intent: 'CHARGE', since })).toMatchObject({
      kind: 'succeeded',
      attemptId: 'lost-1',
      amountCents: 4900,
    })
  })

  it('is found for set-ups too, behind more than one page of others', async () => {
    const card = await capturedCard(parties, '4242424242424242')
    const since = new Date()
    await charged(parties, card, { attemptId: 'setup-1', setup: true })
    const others: string[] = []
    for (let i = 0; i < 101; i += 1) others.push(await sendCharge(parties, card, { setup: true }))
    await Promise.all(others.map((path) => nthAt(parties, path)))
    expect(await parties.charges.findByAttempt({ attemptId: 'setup-1', intent: 'SETUP', since })).toMatchObject({
      kind: 'succeeded',
      attemptId: 'setup-1',
    })
  })

  it('is null when the processor never heard of it', async () => {
    parties.processor.faults.arm({ fault: 'gone', match: '/v1/payment_intents' })
    const card = await capturedCard(parties, '4242424242424242')
    expect(await charged(parties, card, { attemptId: 'never-1' })).toMatchObject({ kind: 'error', outcome: 'unknown' })
    expect(await parties.charges.findByAttempt({ attemptId: 'never-1', intent: 'CHARGE', since: new Date() })).toBeNull()
    await expect(parties.charges.findByAttempt({ attemptId: "x' OR", intent: 'CHARGE', since: new Date() })).rejects.toBeInstanceOf(
      TypeError,
    )
  })

  it('is asked of a processor that may be dead, slow or a stranger', async () => {
    const { processorId } = await paid()
    parties.processor.faults.arm({ fault: 'dead' })
    expect(await caught(parties.charges.retrieve(processorId))).toBeInstanceOf(ProcessorUnknown)
    parties.processor.faults.arm({ fault: 'slow', delayMs: 500 })
    const hurried = createStripe({ baseUrl: parties.processor.url, ownKey: SECRET_KEY, vaultKey: VAULT_KEY, timeoutMs: 50 })
    expect(await caught(hurried.retrieve(processorId))).toBeInstanceOf(ProcessorUnknown)
    const stranger = createStripe({ baseUrl: parties.processor.url, ownKey: 'another-key', vaultKey: VAULT_KEY })
    expect(await caught(stranger.retrieve(processorId))).toMatchObject({ name: 'ProcessorRefused', status: 401 })
    expect(await caught(parties.charges.retrieve('pi_none'))).toMatchObject({
      name: 'ProcessorRefused',
      status: 404,
      code: 'resource_missing',
    })
  })
})

const order = (processorId: string, amountCents: number, n: number) => ({
  processorId,
  amountCents,
  idempotencyKey: `refund-${processorId}-${n}`,
  metadata: { refundId: `r${n}` },
})

describe('the library behind it', () => {
  const at = (fetch: Fetch) => createStripe({ baseUrl: 'https://processor.example', ownKey: 'own-key-of-tests', vaultKey: 'x', fetch })

  it('asks once, however the connection ends', async () => {
    let asked = 0
    const reset = at(() => {
      asked += 1
      return Promise.reject(
        Object.assign(new TypeError('https://processor.example/v1'), { code: 'ECONNRESET', cause: { code: 'ECONNRESET' } }),
      )
    })
    const error = await caught(reset.refund(order('pi_1', 100, 1)))
    expect([asked, error]).toMatchObject([1, { name: 'ProcessorUnknown', message: 'processor: refund: no answer (network, ECONNRESET)' }])
  })

  it('says what is asked, in one version, and nothing of the runtime that asks', async () => {
    const sent: [string, RequestInit][] = []
    const hearing = at((url, init) => {
      sent.push([url, init])
      return Promise.resolve(Response.json({}))
    })
    await caught(hearing.refund(order('pi_1', 100, 1)))
    await caught(hearing.retrieve('seti_1'))
    expect(sent.map(([url, { method, redirect }]) => [method, url, redirect])).toEqual([
      ['POST', 'https://processor.example/v1/refunds', 'manual'],
      ['GET', 'https://processor.example/v1/setup_intents/seti_1?expand[0]=payment_method', 'manual'],
    ])
    expect(Object.fromEntries(new Headers(sent[0]?.[1].headers))).toEqual({
      accept: 'application/json',
      authorization: 'Bearer own-key-of-tests',
      'content-type': 'application/x-www-form-urlencoded',
      'idempotency-key': 'refund-pi_1-1',
      'stripe-version': STRIPE_VERSION,
      'user-agent': USER_AGENT,
    })
  })

  it.each([
    [404, { message: 'a proxy between us' }],
    [402, null],
    [500, { error: { type: 'api_error', message: 'sk_live_secret' } }],
    [400, { error: 'bad_request' }],
    [400, { error: { type: 'idempotency_error' } }],
    [200, { error: { type: 'invalid_request_error' } }],
    [302, {}],
  ])('takes HTTP %i %j for no statement at all', async (status, body) => {
    const error = await caught(at(() => Promise.resolve(Response.json(body, { status }))).refund(order('pi_1', 100, 1)))
    expect(error).toBeInstanceOf(ProcessorUnknown)
    expect(JSON.stringify([error, error instanceof Error && [error.message, error.stack, error.cause]])).not.toMatch(/own-key|sk_live/)
  })

  it('knows a refusal of the request from a declined card, which the library does not', async () => {
    const error = { type: 'invalid_request_error', message: 'Sending credit card numbers directly' }
    const refused = at(() => Promise.resolve(Response.json({ error }, { status: 402 })))
    expect(await caught(refused.refund(order('pi_1', 100, 1)))).toMatchObject({
      name: 'ProcessorRefused',
      status: 402,
      code: 'invalid_request_error',
    })
  })
})

describe('the idempotency key', () => {
  it('charges once however often the same charge is sent', async () => {
    const card = await capturedCard(parties, '4242424242424242')
    const same = { attemptId: 'same-1', idempotencyKey: 'same-key' }
    const answers = [await charged(parties, card, same), await charged(parties, card, same)]
    expect(answers[1]).toEqual(answers[0])
  })

  it('keeps a decline a decline', async () => {
    const card = await capturedCard(parties, '4000000000000002')
    const same = { attemptId: 'same-2', idempotencyKey: 'same-key-2' }
    const answers = [await charged(parties, card, same), await charged(parties, card, same)]
    expect(answers[0]).toMatchObject({ kind: 'declined' })
    expect(answers[1]).toEqual(answers[0])
  })

  it('refuses another charge under the same key, and does not call the first one undone', async () => {
    const card = await capturedCard(parties, '4242424242424242')
    await charged(parties, card, { attemptId: 'same-3', idempotencyKey: 'same-key-3' })
    const other = await charged(parties, card, { attemptId: 'same-3', idempotencyKey: 'same-key-3', amountCents: 9900 })
    expect(other).toMatchObject({ kind: 'error', outcome: 'unknown', code: 'idempotency_error' })
  })

  it('says unknown while the first is still running', async () => {
    const card = await capturedCard(parties, '4242424242424242')
    parties.processor.faults.arm({ fault: 'slow', delayMs: 1000, match: '/v1/payment_intents' })
    const slow = await sendCharge(parties, card, { attemptId: 'same-4', idempotencyKey: 'same-key-4' })
    // The fault is used up at the moment when the first charge arrives.
    while (parties.processor.faults.list().length > 0) await new Promise((resolve) => setTimeout(resolve, 5))
    expect(await charged(parties, card, { attemptId: 'same-4', idempotencyKey: 'same-key-4' })).toMatchObject({
      kind: 'error',
      outcome: 'unknown',
    })
    const { httpStatus, bodyText } = chargeWebhook.parse(JSON.parse((await nthAt(parties, slow)).body))
    expect(parties.charges.parseAnswer(httpStatus, bodyText)).toMatchObject({ kind: 'succeeded' })
  })
})

describe('refund', () => {
  it('gives back in parts, once each, never more than was taken', async () => {
    const { processorId } = await paid()
    expect(await parties.charges.refund(order(processorId, 1000, 1))).toMatchObject({
      status: 'succeeded',
      amountCents: 1000,
      currency: 'EUR',
      metadata: { refundId: 'r1' },
    })
    const [again, same] = [
      await parties.charges.refund(order(processorId, 1000, 1)),
      await parties.charges.refund(order(processorId, 1000, 1)),
    ]
    expect(again).toEqual(same)
    expect(await caught(parties.charges.refund(order(processorId, 4000, 2)))).toBeInstanceOf(ProcessorRefused)
    expect(await parties.charges.refund(order(processorId, 3900, 3))).toMatchObject({ status: 'succeeded' })
    expect(await caught(parties.charges.refund(order(processorId, 1, 4)))).toMatchObject({ code: 'charge_already_refunded' })
  })

  it('is unknown when its answer is lost, and the same key tells', async () => {
    const { processorId } = await paid()
    parties.processor.faults.arm({ fault: 'answer_lost', match: '/v1/refunds' })
    expect(await caught(parties.charges.refund(order(processorId, 4900, 1)))).toBeInstanceOf(ProcessorUnknown)
    expect(await parties.charges.refund(order(processorId, 4900, 1))).toMatchObject({ status: 'succeeded' })
  })
})

describe("the processor's name for a card", () => {
  const fingerprintOf = (answer: Answer | null): string | null =>
    answer === null || answer.kind === 'error' ? null : answer.cardFingerprint

  it('is the same for one number, whatever came of it, and another for another number', async () => {
    const [card, other, refused] = await Promise.all(
      ['4242424242424242', '5555555555554444', '4000000000000002'].map(async (number) => capturedCard(parties, number)),
    )
    if (!card || !other || !refused) throw new Error('A card is missing.')
    const first = await charged(parties, card)
    expect(fingerprintOf(first)).toMatch(/^[a-z]{16}$/)
    expect(first).toMatchObject({ cardCountry: 'US' })
    expect(fingerprintOf(await charged(parties, card, { setup: true }))).toBe(fingerprintOf(first))
    expect(fingerprintOf(await charged(parties, other))).not.toBe(fingerprintOf(first))
    expect(fingerprintOf(await charged(parties, refused, { setup: true }))).toBe(fingerprintOf(await charged(parties, refused)))
  })

  it('is told when one asks what became of a payment', async () => {
    const answer = await paid()
    expect(fingerprintOf(await parties.charges.retrieve(answer.processorId))).toBe(answer.cardFingerprint)
    const card = await capturedCard(parties, '4242424242424242')
    const attemptId = `found-${Date.now()}`
    await charged(parties, card, { setup: true, attemptId })
    const found = await parties.charges.findByAttempt({ attemptId, intent: 'SETUP', since: new Date(Date.now() - 60_000) })
    expect(fingerprintOf(found)).toBe(answer.cardFingerprint)
  })
})
