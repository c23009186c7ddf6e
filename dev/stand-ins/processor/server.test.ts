import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import type { Answer, ProcessorEvent } from '#api/adapters/processor/port.ts'
import { verifyWebhook } from '#api/adapters/processor/stripe-webhook.ts'
import { capturedCard, charged } from '#dev/stand-ins/shared/charge.ts'
import { openParties, SECRET_KEY, WEBHOOK_SECRET, type Parties } from '#dev/stand-ins/shared/payment-parties.ts'
import { start } from './server.ts'

let parties: Parties
beforeEach(async () => {
  parties = await openParties()
})
afterEach(() => parties.stop())

/** The n-th event that is an answer: the news that something was created comes before each, and what a refund did to its charge beside it. */
async function event(n: number): Promise<ProcessorEvent> {
  await vi.waitUntil(() => answers().length >= n, { timeout: 5000, interval: 10 })
  const asked = answers()[n - 1]
  if (asked === undefined) throw new Error(`No event number ${n} came.`)
  return verifyWebhook(asked.headers['stripe-signature'] ?? null, asked.body, new Date(), WEBHOOK_SECRET)
}

const heard = () => parties.listener.heard.filter((asked) => asked.path === '/processor')
const typeOf = (asked: { body: string }): string => z.object({ type: z.string() }).parse(JSON.parse(asked.body)).type
const answers = () => heard().filter((asked) => !/^(?:payment_intent\.created|setup_intent\.created|charge\.refunded)$/.test(typeOf(asked)))
const withoutNewsOfCreation = (): void => parties.processor.faults.arm({ fault: 'webhook_lost', match: 'created', times: 9 })
const arrived = (): number => answers().length
const quiet = (ms = 150): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const pay = async (number = '4242424242424242') => charged(parties, await capturedCard(parties, number))

/** A message names the card by an id alone, whatever the request's own answer was asked to say. */
const unexpanded = (answer: Answer): object => ({ ...answer, cardFingerprint: null, cardCountry: null })

describe('events', () => {
  it('are signed and say what happened', async () => {
    const answer = await pay()
    expect(await event(1)).toMatchObject({ kind: 'payment', answer: unexpanded(answer) })
  })

  it('begin with the news that a payment was created, which has the status of a refusal', async () => {
    await pay()
    await event(1)
    const created = heard()[0]
    expect([created && typeOf(created), created && JSON.parse(created.body).data.object.status]).toEqual([
      'payment_intent.created',
      'requires_payment_method',
    ])
  })

  it('come for the question, the decline and the dispute', async () => {
    await pay('4000002500003155')
    await pay('4000000000000002')
    await pay('4000000000000259')
    const kinds = [await event(1), await event(2), await event(3), await event(4)].map((each) =>
      each.kind === 'payment' ? each.answer.kind : each.kind === 'dispute' ? each.dispute.state : each.kind,
    )
    expect(kinds).toEqual(['requires_action', 'declined', 'succeeded', 'opened'])
  })

  it('are repeated with the same id until they are taken', async () => {
    withoutNewsOfCreation()
    parties.listener.answerWith('/processor', 500, 503)
    await pay()
    const tries = [await event(1), await event(2), await event(3)]
    expect(new Set(tries.map((each) => each.eventId)).size).toBe(1)
  })

  it('can be lost, doubled, late and out of order', async () => {
    withoutNewsOfCreation()
    parties.processor.faults.arm({ fault: 'webhook_lost', match: 'payment_intent.succeeded' })
    await pay()
    await quiet()
    expect(arrived()).toBe(0)

    parties.processor.faults.arm({ fault: 'webhook_duplicate', copies: 3, match: 'succeeded' })
    await pay()
    const [first, second, third] = [await event(1), await event(2), await event(3)]
    expect([second.eventId, third.eventId]).toEqual([first.eventId, first.eventId])

    parties.processor.faults.arm({ fault: 'webhook_late', delayMs: 300, match: 'succeeded' })
    await pay()
    expect(arrived()).toBe(3)
    await event(4)

    parties.processor.faults.arm({ fault: 'webhook_reordered', delayMs: 10_000, match: 'succeeded' })
    const early = await pay()
    const next = await pay()
    expect([await event(5), await event(6)]).toMatchObject([{ answer: unexpanded(next) }, { answer: unexpanded(early) }])
  })
})

const post = (path: string, body: object, type = 'application/json') =>
  fetch(`${parties.processor.url}${path}`, { method: 'POST', headers: { 'content-type': type }, body: JSON.stringify(body) })

describe('control', () => {
  it('arms, lists and clears faults, and takes no form of a web page', async () => {
    expect((await post('/_faults', { fault: 'dead', times: 2 })).status).toBe(200)
    expect((await post('/_faults', { fault: 'dead' }, 'text/plain')).status).toBe(415)
    expect((await post('/_faults', { fault: 'nonsense' })).status).toBe(400)
    expect(await (await fetch(`${parties.processor.url}/_faults`)).json()).toMatchObject({ armed: [{ fault: 'dead', times: 2 }] })
    await fetch(`${parties.processor.url}/_faults`, { method: 'DELETE' })
    expect(parties.processor.faults.list()).toEqual([])
  })

  it('opens and decides disputes, and a lost one may be won after all', async () => {
    const answer = await pay()
    if (answer.kind !== 'succeeded') throw new Error(answer.kind)
    const { id } = z.object({ id: z.string() }).parse(await (await post('/_disputes', { payment_intent: answer.processorId })).json())
    await post('/_disputes', { dispute: id, outcome: 'lost' })
    await post('/_disputes', { dispute: id, outcome: 'won' })
    const states = [await event(2), await event(3), await event(4)].map((each) =>
      each.kind === 'dispute' ? each.dispute.state : each.kind,
    )
    expect(states.toSorted()).toEqual(['lost', 'opened', 'won'])
    expect((await post('/_disputes', { payment_intent: 'pi_none' })).status).toBe(404)
  })
})

describe('refunds of particular cards', () => {
  it.each([
    ['4000000000007726', 'pending', 'succeeded'],
    ['4000000000005126', 'succeeded', 'failed'],
  ])('%s: %s, then %s', async (number, first, then) => {
    const answer = await pay(number)
    if (answer.kind !== 'succeeded') throw new Error(answer.kind)
    const made = await parties.charges.refund({
      processorId: answer.processorId,
      amountCents: 4900,
      idempotencyKey: `k-${number}`,
      metadata: {},
    })
    expect(made.status).toBe(first)
    expect(await event(3)).toMatchObject({ kind: 'refund', refund: { refundId: made.refundId, status: then } })
  })
})

describe('the processor stand-in', () => {
  it('answers 401 without its key and 404 for what it does not have', async () => {
    const headers = { authorization: `Bearer ${SECRET_KEY}` }
    const statuses = await Promise.all(
      [
        fetch(`${parties.processor.url}/v1/payment_intents`),
        fetch(`${parties.processor.url}/v1/customers`, { headers }),
        fetch(`${parties.processor.url}/v1/disputes/x`, { headers }),
      ].map(async (response) => (await response).status),
    )
    expect(statuses).toEqual([401, 404, 404])
  })

  it('does not show a search result before its lag is over', async () => {
    const slow = await openParties({ processor: { searchLagMs: 60_000 } })
    const answer = await charged(slow, await capturedCard(slow, '4242424242424242'), { attemptId: 'lagging' })
    expect(answer.kind).toBe('succeeded')
    expect(await slow.charges.findByAttempt({ attemptId: 'lagging', intent: 'CHARGE', since: new Date() })).toBeNull()
    await slow.stop()
  })

  it('does not start in production', async () => {
    vi.stubEnv('NODE_ENV', 'production')
    await expect(start({ port: 0, keys: [] })).rejects.toThrow('stand-in')
    vi.unstubAllEnvs()
  })
})
