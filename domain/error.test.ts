import { describe, expect, test } from 'vitest'
import { AppError, ERROR_CODES, isErrorCode, messageOf, text, type ErrorCode } from './error.ts'

const codes = Object.keys(ERROR_CODES).filter(isErrorCode)

describe('the table of refusals', () => {
  test.each(codes)('%s speaks both languages in whole sentences', (code: ErrorCode) => {
    const { status, fr, en } = ERROR_CODES[code]
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(600)
    for (const sentence of [fr, en]) {
      expect(sentence).toMatch(/^[A-ZÀÉ].{14,}\.$/u)
      expect(sentence).not.toMatch(/\bnull\b|undefined|token|webhook|HTTP|\d{3} error/)
    }
    expect(text(code, 'fr')).not.toMatch(/ [:;!?%»]/)
  })

  test('only the ones that are ours to repair are 5xx', () => {
    const ours = codes.filter((code) => ERROR_CODES[code].status >= 500)
    expect(ours).toEqual(['internal', 'unavailable', 'payouts_paused', 'sales_paused'])
  })
})

describe('AppError', () => {
  test('speaks from the table unless told otherwise', () => {
    const plain = new AppError('card_declined')
    expect(plain.status).toBe(402)
    expect(messageOf(plain, 'en')).toBe(ERROR_CODES.card_declined.en)
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
