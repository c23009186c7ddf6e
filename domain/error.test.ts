import { describe, expect, test } from 'vitest'
import { ERROR_CODES, isErrorCode, statusOf } from './error-codes.ts'
import { messageOf, text } from './error-text.ts'
import { AppError } from './error.ts'
import en from './messages/en/errors.json' with { type: 'json' }
import fr from './messages/fr/errors.json' with { type: 'json' }

const codes = Object.keys(ERROR_CODES).filter(isErrorCode)

describe('the table of refusals', () => {
  test.each(codes)('%s speaks both languages in whole sentences', (code) => {
    const status = ERROR_CODES[code]
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(600)
    for (const sentence of [text(code, 'fr'), text(code, 'en')]) {
      expect(sentence).toMatch(/^[A-ZÀÉ].{14,}\.$/u)
      expect(sentence).not.toMatch(/\bnull\b|undefined|token|webhook|HTTP|\d{3} error/)
    }
  })

  test('has no sentence of a code that is gone', () => {
    for (const sentences of [fr, en]) expect(Object.keys(sentences).toSorted()).toEqual(codes.toSorted())
  })

  test('only the ones that are ours to repair are 5xx', () => {
    const ours = codes.filter((code) => ERROR_CODES[code] >= 500)
    expect(ours).toEqual(['internal', 'unavailable', 'setup_keyless', 'payouts_paused', 'sales_paused'])
  })
})

describe('AppError', () => {
  test('speaks from the table unless told otherwise', () => {
    const plain = new AppError('card_declined')
    expect(statusOf(plain)).toBe(402)
    expect([messageOf(plain, 'fr'), messageOf(plain, 'en')]).toEqual([fr.card_declined, en.card_declined])
    expect(plain.fields).toBeNull()
    const told = new AppError('invalid_input', 'Indiquez un pays.', { country: 'Indiquez un pays.' })
    expect(messageOf(told, 'en')).toBe('Indiquez un pays.')
    expect(told.fields).toEqual({ country: 'Indiquez un pays.' })
  })

  test('knows its own codes only', () => {
    expect(isErrorCode('internal')).toBe(true)
    expect(isErrorCode('toString')).toBe(false)
  })
})
