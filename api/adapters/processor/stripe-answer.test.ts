import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseAnswer } from './stripe-answer.ts'

const intent = (over: object) =>
  JSON.stringify({
    id: 'pi_1',
    object: 'payment_intent',
    amount: 4900,
    amount_received: 0,
    currency: 'eur',
    metadata: { attemptId: 'a1', invoiceId: 'i1' },
    ...over,
  })

describe('parseAnswer', () => {
  it('reads a success with what was really taken', () => {
    expect(parseAnswer(200, intent({ status: 'succeeded', amount_received: 4800 }))).toEqual({
      kind: 'succeeded',
      processorId: 'pi_1',
      intent: 'CHARGE',
      amountCents: 4800,
      currency: 'EUR',
      attemptId: 'a1',
      invoiceId: 'i1',
      processorStatus: 'succeeded',
      cardFingerprint: null,
      cardCountry: null,
    })
  })

  it('reads what is said of the card, whether it served or was refused, and is not troubled by what it cannot read there', () => {
    const payment_method = { id: 'pm_1', card: { fingerprint: 'abcDEF123', country: 'FR' } }
    const known = { cardFingerprint: 'abcDEF123', cardCountry: 'FR' }
    expect(parseAnswer(200, intent({ status: 'succeeded', payment_method }))).toMatchObject(known)
    const refused = {
      status: 'requires_payment_method',
      payment_method: null,
      last_payment_error: { code: 'card_declined', payment_method },
    }
    expect(parseAnswer(200, intent(refused))).toMatchObject(known)
    const nothing = { cardFingerprint: null, cardCountry: null }
    for (const odd of ['pm_1', 7, { card: null }, { card: { fingerprint: '4242424242424242', country: 'France' } }])
      expect(parseAnswer(200, intent({ status: 'succeeded', payment_method: odd }))).toMatchObject({ kind: 'succeeded', ...nothing })
  })

  it('reads a set-up, which has no amount', () => {
    const body = JSON.stringify({ id: 'seti_1', object: 'setup_intent', status: 'succeeded', metadata: {} })
    expect(parseAnswer(200, body)).toMatchObject({ kind: 'succeeded', intent: 'SETUP', amountCents: 0, currency: null, attemptId: null })
  })

  it('sends the buyer to web addresses only', () => {
    const to = (url: string) => parseAnswer(200, intent({ status: 'requires_action', next_action: { redirect_to_url: { url } } }))
    expect(to('https://bank.example/x')).toMatchObject({ kind: 'requires_action', redirectUrl: 'https://bank.example/x' })
    expect(to('javascript:alert(1)')).toMatchObject({ kind: 'error', outcome: 'unknown' })
    expect(parseAnswer(200, intent({ status: 'requires_action', next_action: { type: 'use_stripe_sdk' } }))).toMatchObject({
      kind: 'error',
      outcome: 'unknown',
    })
  })

  it.each([
    [{ status: 'requires_payment_method', last_payment_error: { code: 'card_declined', decline_code: 'lost_card' } }, 'lost_card'],
    [{ status: 'requires_payment_method', last_payment_error: { code: 'expired_card' } }, 'expired_card'],
    [{ status: 'requires_payment_method', last_payment_error: {} }, 'generic_decline'],
    [
      { status: 'requires_payment_method', last_setup_error: { code: 'setup_intent_authentication_failure' } },
      'setup_intent_authentication_failure',
    ],
    [{ status: 'canceled' }, 'canceled'],
  ])('reads %j as declined', (over, declineCode) => {
    expect(parseAnswer(200, intent(over))).toMatchObject({ kind: 'declined', declineCode, processorId: 'pi_1' })
  })

  it.each([{}, { last_payment_error: null }, { last_setup_error: null }])('calls nothing declined that nobody refused: %j', (over) => {
    expect(parseAnswer(200, intent({ status: 'requires_payment_method', ...over }))).toMatchObject({
      kind: 'processing',
      processorStatus: 'requires_payment_method',
    })
  })

  it('reads a refusal of the card with or without its intent', () => {
    const inner = {
      id: 'pi_1',
      object: 'payment_intent',
      status: 'requires_payment_method',
      amount: 4900,
      currency: 'eur',
      metadata: { attemptId: 'a1' },
    }
    const error = { type: 'card_error', code: 'card_declined', decline_code: 'insufficient_funds' }
    expect(parseAnswer(402, JSON.stringify({ error: { ...error, payment_intent: inner } }))).toMatchObject({
      kind: 'declined',
      declineCode: 'insufficient_funds',
      processorId: 'pi_1',
      attemptId: 'a1',
    })
    const unauthenticated = { type: 'invalid_request_error', code: 'payment_intent_authentication_failure', payment_intent: inner }
    expect(parseAnswer(402, JSON.stringify({ error: unauthenticated }))).toMatchObject({ kind: 'declined', processorId: 'pi_1' })
    expect(parseAnswer(402, JSON.stringify({ error }))).toMatchObject({ kind: 'declined', processorId: null, intent: null })
  })

  it.each([
    [400, { error: { type: 'invalid_request_error' } }, 'nothing'],
    [400, { error: { type: 'idempotency_error' } }, 'unknown'],
    [401, { error: { type: 'invalid_request_error' } }, 'nothing'],
    [402, { error: { type: 'invalid_request_error', message: 'Sending credit card numbers directly' } }, 'nothing'],
    [403, { error: { type: 'invalid_request_error' } }, 'nothing'],
    [409, { error: { type: 'invalid_request_error', code: 'idempotency_key_in_use' } }, 'unknown'],
    [429, { error: { type: 'invalid_request_error', code: 'rate_limit' } }, 'unknown'],
    [400, { error: { code: 'lock_timeout' } }, 'unknown'],
    [500, { error: { type: 'api_error' } }, 'unknown'],
    [404, { message: 'a proxy between us' }, 'unknown'],
    [402, 'not ours', 'unknown'],
    [200, { id: 'pi_1' }, 'unknown'],
  ])('HTTP %i %j leaves the money question at "%s" or not', (status, body, outcome) => {
    expect(parseAnswer(status, JSON.stringify(body))).toMatchObject({ kind: 'error', outcome })
  })

  it('says unknown, never failed, of a status it has not met', () => {
    expect(parseAnswer(200, intent({ status: 'requires_confirmation' }))).toMatchObject({ kind: 'error', outcome: 'unknown' })
    expect(parseAnswer(200, intent({ status: 'processing' }))).toMatchObject({ kind: 'processing' })
  })

  it('never throws and never invents a success', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), fc.oneof(fc.string(), fc.json()), (status, body) => {
        expect(parseAnswer(status, body).kind).toBe('error')
      }),
    )
  })
})
