import { afterEach, describe, expect, test } from 'vitest'
import { overwriteGetLocale } from '#web/i18n/paraglide/runtime.js'
import {
  formatCountry,
  formatDateTime,
  formatDay,
  formatDays,
  formatEuros,
  formatMoney,
  formatRate,
  formatRelative,
  formatShortDay,
  formatTime,
} from './format.ts'
import { formatNumber } from './number-format.ts'

afterEach(() => overwriteGetLocale(() => 'fr'))

const french = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ')

describe('French', () => {
  test('money, rates and numbers', () => {
    expect(french(formatMoney(123_456))).toBe('1 234,56 €')
    expect(french(formatMoney(979, { signed: true }))).toBe('+9,79 €')
    expect(french(formatMoney(-1_250))).toBe('−12,50 €')
    expect(french(formatMoney(0, { signed: true }))).toBe('0,00 €')
    expect(french(formatEuros(10_000))).toBe('100 €')
    expect(french(formatRate(3_000))).toBe('30 %')
    expect(french(formatRate(1_250))).toBe('12,5 %')
    expect(french(formatNumber(12_345))).toBe('12 345')
  })

  test('a day is the day of Paris, whatever the machine thinks', () => {
    expect(formatDay('2026-12-31T23:30:00Z')).toBe('1er janv. 2027')
    expect(formatShortDay('2026-06-30T22:30:00Z')).toBe('1er juil.')
    expect(formatDateTime('2026-11-01T11:30:00Z')).toMatch(/^1er novembre 2026/)
    expect([formatDay('2026-11-11T12:00:00Z'), formatShortDay('2026-11-21T12:00:00Z'), formatShortDay('2026-11-10T12:00:00Z')]).toEqual([
      '11 nov. 2026',
      '21 nov.',
      '10 nov.',
    ])
    expect(formatTime('2026-01-06T11:30:00Z')).toBe('12:30')
    expect(formatDateTime('2027-01-06T11:30:00Z')).toContain('6 janvier 2027')
  })

  test('days from one to another, the first of a month as French says it', () => {
    expect(formatDays({ from: '2026-03-03', to: '2026-04-01' }).replaceAll(/\s/g, ' ')).toBe('3 mars – 1er avr. 2026')
    expect(formatDays({ from: '2026-03-03', to: '2026-03-03' })).toBe('3 mars 2026')
  })

  test('time between two instants, in the largest unit that fits', () => {
    const now = '2026-11-22T12:00:00Z'
    expect(formatRelative('2026-11-22T11:57:00Z', now)).toBe('il y a 3 minutes')
    expect(formatRelative('2026-11-23T13:00:00Z', now)).toBe('demain')
    expect(formatRelative(now, now)).toBe('maintenant')
  })

  test('lists and countries', () => {
    expect(formatCountry('DE')).toBe('Allemagne')
  })
})

test('English', () => {
  overwriteGetLocale(() => 'en')
  expect(formatMoney(123_456)).toBe('€1,234.56')
  expect(formatMoney(-1_250)).toBe('−€12.50')
  expect(formatRate(3_000)).toBe('30%')
  expect(formatDay('2027-01-06T11:30:00Z')).toBe('6 Jan 2027')
  expect(formatDay('2027-01-01T11:30:00Z')).toBe('1 Jan 2027')
  expect(formatCountry('DE')).toBe('Germany')
})
