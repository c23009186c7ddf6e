import { describe, expect, it } from 'vitest'
import { chargeTemplate, setupTemplate } from './stripe-template.ts'

const at = { baseUrl: 'https://processor.example', key: 'key-of-tests' }
const setup = {
  idempotencyKey: 'charge-a1',
  description: 'Club {{cvv}} & co=1 é',
  metadata: { attemptId: 'a1', invoiceId: 'i1' },
  returnUrl: 'https://be-stam.com/checkout/c1?x=1&y=2',
}
const order = { ...setup, amountCents: 4900, currency: 'EUR', offSession: false }
const fields = (body: string): string[] => [...body.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '')

describe('chargeTemplate', () => {
  it('asks for the amount, confirms at once and comes back to the checkout', () => {
    const { url, headers, body } = chargeTemplate(at, order)
    expect(url).toBe('https://processor.example/v1/payment_intents')
    expect(headers).toMatchObject({
      Authorization: 'Bearer key-of-tests',
      'Idempotency-Key': 'charge-a1',
      'Content-Type': 'application/x-www-form-urlencoded',
    })
    expect(Object.fromEntries(new URLSearchParams(body))).toMatchObject({
      amount: '4900',
      currency: 'eur',
      confirm: 'true',
      return_url: order.returnUrl,
      setup_future_usage: 'off_session',
      'metadata[attemptId]': 'a1',
      'metadata[invoiceId]': 'i1',
      description: order.description,
    })
  })

  it('holds the card fields alone as placeholders, also when our own text pretends to', () => {
    expect(fields(chargeTemplate(at, order).body)).toEqual(['card_number', 'expiry_month', 'expiry_year', 'cvv'])
  })

  it('sends no security code and no return address when nobody is there', () => {
    const { body } = chargeTemplate(at, { ...order, offSession: true })
    expect(fields(body)).toEqual(['card_number', 'expiry_month', 'expiry_year'])
    const sent = new URLSearchParams(body)
    expect(sent.get('off_session')).toBe('true')
    expect(sent.has('return_url')).toBe(false)
  })

  it.each([0, -1, 49.5, Number.NaN, 2 ** 53])('refuses %d cents', (amountCents) => {
    expect(() => chargeTemplate(at, { ...order, amountCents })).toThrow(RangeError)
  })
})

describe('setupTemplate', () => {
  it('takes no money', () => {
    const { url, body } = setupTemplate(at, setup)
    expect(url).toBe('https://processor.example/v1/setup_intents')
    const sent = new URLSearchParams(body)
    expect([sent.has('amount'), sent.get('confirm'), sent.get('usage')]).toEqual([false, 'true', 'off_session'])
    expect(fields(body)).toEqual(['card_number', 'expiry_month', 'expiry_year', 'cvv'])
  })
})
