import { describe, expect, it } from 'vitest'
import { redact } from './redact.ts'
import { captureWebhook, chargeWebhook } from './webhook.ts'

const token = '0123456789abcdef'.repeat(4)
const safe = { card_holder: 'Camille Martin', last_four: '4242', card_type: 'visa', expiry: '04/31' }
const message = (over: object = {}, safeData: unknown = JSON.stringify(safe)) => ({
  metadata: { captureId: 'c1' },
  token_info: {
    token,
    reference: 'r1',
    safe_data: safeData,
    card_metadata: { issuer: [{ brand: 'VISA', country_name: 'FRANCE' }] },
    ...over,
  },
})

describe('captureWebhook', () => {
  it('reads what we keep and drops everything else', () => {
    expect(captureWebhook.parse({ ...message({ card_number: 'never' }), more: 1 })).toEqual({
      metadata: { captureId: 'c1' },
      token,
      reference: 'r1',
      brand: 'visa',
      last4: '4242',
      expMonth: 4,
      expYear: 2031,
      country: 'FR',
    })
  })

  it('does without what the bank register does not know', () => {
    expect(captureWebhook.parse(message({ card_metadata: null, reference: null }))).toMatchObject({
      brand: 'visa',
      country: null,
      reference: null,
    })
    expect(captureWebhook.parse(message({ card_metadata: { issuer: [] } }))).toMatchObject({ brand: 'visa' })
  })

  it.each(['4/31', '04/2031', ' 04 / 31 '])('understands %s', (expiry) => {
    expect(captureWebhook.parse(message({}, JSON.stringify({ ...safe, expiry })))).toMatchObject({ expMonth: 4, expYear: 2031 })
  })

  it.each([
    ['no JSON inside', message({}, '{')],
    ['an object instead of its text', message({}, safe)],
    ['five last digits', message({}, JSON.stringify({ ...safe, last_four: '14242' }))],
    ['a month 13', message({}, JSON.stringify({ ...safe, expiry: '13/31' }))],
    ['a short token', message({ token: 'abc' })],
    ['no metadata', { token_info: message().token_info }],
    ['null', null],
  ])('refuses %s without throwing', (_, given) => {
    expect(captureWebhook.safeParse(given).success).toBe(false)
  })
})

describe('chargeWebhook', () => {
  it.each([{ status: '200' }, { status: 200 }, { status_code: 200 }, { status_code: '200' }])('reads %j', (spelling) => {
    expect(chargeWebhook.parse({ headers: [{ a: 'b' }], body: '{}', ...spelling })).toEqual({ httpStatus: 200, bodyText: '{}' })
  })

  it.each([{}, { status: 'ok' }, { status: 20 }, { status_code: '99' }, { status: null }])('refuses %j', (spelling) => {
    expect(chargeWebhook.safeParse({ body: '{}', ...spelling }).success).toBe(false)
  })
})

describe('redact', () => {
  it('removes secrets in every spelling and long numbers, and cuts', () => {
    const secret = 'p&ss "word'
    const text = `${secret} ${encodeURIComponent(secret)} p%26ss+%22word p&ss \\"word 4000-0025-0000-3155 end`
    expect(redact(text, [secret, ''])).toBe('*** *** *** *** *** end')
    expect(redact('x'.repeat(500), []).length).toBe(200)
  })
})
