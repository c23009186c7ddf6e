import { describe, expect, it } from 'vitest'
import { sign } from '#dev/stand-ins/processor/shop.ts'
import { BadSignature, ProcessorUnknown } from './port.ts'
import { SIGNATURE_TOLERANCE_MS, verifyWebhook } from './stripe-webhook.ts'

const secret = 'webhook-secret-of-tests'
const now = new Date('2026-11-22T12:00:00Z')
const later = (ms: number): Date => new Date(now.getTime() + ms)

const event = (type: string, object: object): string =>
  JSON.stringify({ id: 'evt_1', type, created: now.getTime() / 1000 - 60, data: { object } })
const paid = event('payment_intent.succeeded', {
  id: 'pi_1',
  object: 'payment_intent',
  status: 'succeeded',
  amount: 4900,
  amount_received: 4900,
  currency: 'eur',
  metadata: { attemptId: 'a1', invoiceId: 'i1' },
})

const reason = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'accepted',
    (error: unknown) => (error instanceof BadSignature ? error.reason : error),
  )

describe('the signature', () => {
  it('opens the event it was made for', async () => {
    expect(await verifyWebhook(sign(paid, now, secret), paid, now, secret)).toMatchObject({
      eventId: 'evt_1',
      kind: 'payment',
      createdAt: later(-60_000),
      answer: { kind: 'succeeded', attemptId: 'a1', amountCents: 4900 },
    })
  })

  it('is refused when anything was changed', async () => {
    const header = sign(paid, now, secret)
    expect(await reason(verifyWebhook(header, paid.replace('4900', '4901'), now, secret))).toBe('wrong')
    expect(await reason(verifyWebhook(header, `${paid} `, now, secret))).toBe('wrong')
    expect(await reason(verifyWebhook(header, paid, now, `${secret}x`))).toBe('wrong')
    expect(
      await reason(
        verifyWebhook(
          header.replace(/t=\d+/, (time) => `${time.slice(0, -1)}9`),
          paid,
          now,
          secret,
        ),
      ),
    ).toBe('wrong')
  })

  it('is refused as a replay after five minutes, and from the future', async () => {
    const header = sign(paid, now, secret)
    expect(await reason(verifyWebhook(header, paid, later(SIGNATURE_TOLERANCE_MS), secret))).toBe('accepted')
    expect(await reason(verifyWebhook(header, paid, later(SIGNATURE_TOLERANCE_MS + 1000), secret))).toBe('expired')
    expect(await reason(verifyWebhook(header, paid, later(-SIGNATURE_TOLERANCE_MS - 1000), secret))).toBe('expired')
  })

  it.each([
    [null, 'missing'],
    ['', 'missing'],
    ['nonsense', 'malformed'],
    ['t=1,v1=zz', 'malformed'],
    [`v1=${'0'.repeat(64)}`, 'malformed'],
    [`t=${now.getTime() / 1000},v0=${'0'.repeat(64)}`, 'malformed'],
    [`t=${now.getTime() / 1000},v1=${'0'.repeat(64)}`, 'wrong'],
    [`t=,v1=${'0'.repeat(64)}`, 'malformed'],
  ])('%s is %s', async (header, why) => {
    expect(await reason(verifyWebhook(header, paid, now, secret))).toBe(why)
  })

  it('may be one of two while the secret is being changed', async () => {
    const header = `${sign(paid, now, 'old-secret')},v1=${sign(paid, now, secret).split('v1=')[1] ?? ''}`
    expect(await reason(verifyWebhook(header, paid, now, secret))).toBe('accepted')
  })
})

const read = (body: string) => verifyWebhook(sign(body, now, secret), body, now, secret)

describe('the event', () => {
  it.each([
    ['needs_response', 'opened'],
    ['warning_needs_response', 'opened'],
    ['won', 'won'],
    ['warning_closed', 'won'],
    ['lost', 'lost'],
    ['prevented', 'lost'],
  ])('reads a dispute that is %s as %s', async (status, state) => {
    const dispute = { id: 'dp_1', payment_intent: 'pi_1', amount: 4900, currency: 'eur', reason: 'fraudulent', status }
    expect(await read(event('charge.dispute.closed', dispute))).toMatchObject({
      kind: 'dispute',
      dispute: { state, processorId: 'pi_1', amountCents: 4900 },
    })
  })

  it.each([
    ['succeeded', 'succeeded'],
    ['pending', 'pending'],
    ['requires_action', 'pending'],
    ['failed', 'failed'],
    ['canceled', 'failed'],
  ])('reads a refund that is %s as %s', async (status, state) => {
    const refund = { id: 're_1', payment_intent: 'pi_1', amount: 100, currency: 'eur', status, metadata: { refundId: 'r1' } }
    expect(await read(event('refund.updated', refund))).toMatchObject({
      kind: 'refund',
      refund: { status: state, metadata: { refundId: 'r1' } },
    })
  })

  it('ignores what is not about us', async () => {
    expect(await read(event('customer.created', { id: 'cus_1' }))).toMatchObject({ kind: 'ignored', type: 'customer.created' })
    expect(await read(event('refund.created', { id: 're_2', payment_intent: null }))).toMatchObject({ kind: 'foreign' })
  })

  it('takes as an answer only what is one', async () => {
    const intent = JSON.parse(paid).data.object
    for (const type of ['payment_intent.created', 'setup_intent.created', 'payment_intent.amount_capturable_updated'])
      expect(await read(event(type, intent))).toMatchObject({ kind: 'ignored', type })
    for (const type of ['payment_failed', 'requires_action', 'processing', 'canceled', 'succeeded'])
      expect(await read(event(`payment_intent.${type}`, intent))).toMatchObject({ kind: 'payment' })
    for (const type of ['setup_failed', 'requires_action', 'canceled', 'succeeded'])
      expect(await read(event(`setup_intent.${type}`, intent))).toMatchObject({ kind: 'payment' })
  })

  it('reads of a refunded charge what was given back, not what was charged', async () => {
    const charge = {
      id: 'ch_1',
      object: 'charge',
      payment_intent: 'pi_1',
      amount: 4900,
      amount_refunded: 1000,
      currency: 'eur',
      status: 'succeeded',
    }
    expect(await read(event('charge.refunded', charge))).toMatchObject({
      kind: 'refunded',
      total: { processorId: 'pi_1', amountCents: 1000 },
    })
  })

  it.each(['refund.created', 'charge.refunded', 'charge.refund.updated', 'charge.dispute.closed', 'refund.of_next_year'])(
    'keeps a %s in a shape of its own, with the payment where it can be read',
    async (type) => {
      expect(await read(event(type, { id: 'x', payment_intent: 'pi_1', amount: 'ten' }))).toMatchObject({
        kind: 'unreadable',
        processorId: 'pi_1',
      })
      for (const object of [{}, null, 'x', { payment_intent: 7 }, { payment_intent: 'pi\u0000' }])
        expect(await read(event(type, object as object))).toMatchObject({ kind: 'unreadable', processorId: null, type })
    },
  )

  it('does not pass over what it ought to understand', async () => {
    await expect(read(event('payment_intent.succeeded', { id: 'pi_1' }))).rejects.toBeInstanceOf(ProcessorUnknown)
    await expect(read('[]')).rejects.toBeInstanceOf(ProcessorUnknown)
  })
})
