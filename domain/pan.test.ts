import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { containsPan, findPan } from './pan.ts'
import { CARD_RANGES, passesLuhn } from './pan-range.ts'

/** A number of a known network with a correct checksum; never one that was issued to anybody on purpose. */
const cardNumber = fc
  .tuple(fc.constantFrom(...CARD_RANGES), fc.array(fc.nat(9), { minLength: 19, maxLength: 19 }), fc.nat(6))
  .map(([range, filler, spread]) => {
    const length = Math.min(range.max, range.min + spread)
    const head = `${range.from}${filler.join('')}`.slice(0, length - 1)
    const check = Array.from({ length: 10 }, (_, digit) => `${head}${digit}`).find(passesLuhn)
    return check ?? head
  })

const inGroups = (digits: string, size: number, separator: string) =>
  (digits.match(new RegExp(`\\d{1,${size}}`, 'g')) ?? []).join(separator)

const urlEncoded = (text: string) => Array.from(text, (character) => `%${character.charCodeAt(0).toString(16)}`).join('')

const disguises: readonly ((digits: string) => unknown)[] = [
  (digits) => digits,
  (digits) => (Number(digits) <= Number.MAX_SAFE_INTEGER ? Number(digits) : digits),
  (digits) => inGroups(digits, 4, ' '),
  (digits) => inGroups(digits, 4, '-'),
  (digits) => inGroups(digits, 4, '\u00a0'),
  (digits) => inGroups(digits, 3, '.'),
  (digits) => inGroups(digits, 1, ' '),
  (digits) => `ma carte : ${inGroups(digits, 4, ' ')} 12/29 123`,
  (digits) => `carte${digits}fin`,
  (digits) => urlEncoded(digits),
  (digits) => inGroups(digits, 4, '%20'),
  (digits) => inGroups(digits, 4, '+'),
  (digits) => inGroups(digits, 4, '%C2%A0'),
  (digits) => btoa(`{"number":"${digits}"}`),
  (digits) => `/path/x${btoa(`card=${inGroups(digits, 4, ' ')}`)}`,
  (digits) => encodeURIComponent(btoa(`card ${digits}`)),
  (digits) => ({ order: { notes: ['bonjour', { text: digits }] } }),
  (digits) => ({ [digits]: true }),
  (digits) => JSON.stringify({ a: { b: JSON.stringify({ c: digits }) } }),
]

describe('card numbers', () => {
  test('are found in every disguise', () => {
    fc.assert(
      fc.property(cardNumber, (digits) => {
        for (const disguise of disguises) expect(containsPan(disguise(digits)), String(disguise)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  test('of the test tables are found', () => {
    for (const number of ['4242424242424242', '3782 822463 10005', '6011-0009-9013-9424', '3056 930902 5904', '5555 5555 5555 4444']) {
      expect(findPan(number)).toBe(true)
    }
  })

  test('nesting too deep to be searched counts as one', () => {
    let value: unknown = 'x'
    for (let level = 0; level < 100; level += 1) value = [value]
    expect(containsPan(value)).toBe(true)
  })
})

describe('what is no card number', () => {
  test.each([
    ['+33 6 12 34 56 78'],
    ['06 12 34 56 78 06 98 76 54 32'],
    ['FR76 3000 6000 0112 3456 7890 189'],
    ['Voici mon IBAN : FR76 3000 6000 0112 3456 7890 189, merci'],
    ['2026-11-22T14:30:00.000Z'],
    ['1732281600000'],
    ['GA1.1.444332211.1732281600'],
    ['fb.1.1558571054389.1098115397'],
    ['4242424242424241'],
    ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
    ['123e4567-e89b-12d3-a456-426614174000'],
    ['49,00 € ; 4 900,00 € ; 12 345 678,90 €'],
    ['732 829 320 00074'],
  ])('%s', (text) => {
    expect(findPan(text)).toBe(false)
  })

  test('coordinates and measures are not', () => {
    expect(containsPan({ latitude: 48.85661412345678, longitude: 2.3522219 })).toBe(false)
  })

  test('ordinary requests raise no alarm', () => {
    const id = fc.string({ unit: fc.constantFrom(...Array.from('abcdefghijklmnopqrstuvwxyz0123456789')), minLength: 24, maxLength: 24 })
    const digest = fc.string({ unit: fc.constantFrom(...Array.from('0123456789abcdef')), minLength: 64, maxLength: 64 })
    const sealed = fc.uint8Array({ minLength: 32, maxLength: 96 }).map((bytes) => btoa(String.fromCharCode(...bytes)))
    const phone = fc
      .array(fc.nat(99), { minLength: 4, maxLength: 4 })
      .map((pairs) => `06 ${pairs.map((pair) => String(pair).padStart(2, '0')).join(' ')}`)
    const payload = fc.record({
      id,
      token: digest,
      uuid: fc.uuid(),
      sealed,
      phone,
      at: fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true }).map((date) => date.toISOString()),
      epochMs: fc.integer({ min: 1_500_000_000_000, max: 2_100_000_000_000 }),
      amountCents: fc.nat(99_999_999),
      email: fc.emailAddress(),
      url: fc.webUrl({ withQueryParameters: true }),
      content: fc.lorem({ maxCount: 20 }),
    })
    fc.assert(
      fc.property(payload, (value) => {
        expect(containsPan(value)).toBe(false)
        expect(findPan(JSON.stringify(value))).toBe(false)
      }),
      { numRuns: 3000 },
    )
  })
})
