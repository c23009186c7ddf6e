import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  cardNumber,
  cardWithPoint,
  ESCAPES,
  grouped,
  SEPARATORS,
  unevenCard,
  unevenCardAmongDigits,
  WIDE_DISGUISES,
  widelyHiddenCard,
} from '#dev/suites/fuzz/cards.ts'
import { containsPan, DROPPED, findPan, withoutPans } from './pan.ts'

const CARD = '4242424242424242'

const urlEncoded = (text: string) => Array.from(text, (character) => `%${character.charCodeAt(0).toString(16)}`).join('')

const disguises: readonly ((digits: string) => unknown)[] = [
  (digits) => (Number(digits) <= Number.MAX_SAFE_INTEGER ? Number(digits) : digits),
  (digits) => `carte${digits}fin`,
  (digits) => `cb${digits}`,
  (digits) => grouped(digits, 4, '+'),
  (digits) => urlEncoded(digits),
  (digits) => `/path/x${btoa(`card=${grouped(digits, 4, ' ')}`)}`,
  (digits) => ({ order: { notes: ['bonjour', { text: digits }] } }),
  (digits) => ({ [digits]: true }),
  (digits) => JSON.stringify({ a: { b: JSON.stringify({ c: digits }) } }),
  (digits) => `+33 6 12 34 56 78, ${grouped(digits, 4, ' ')}`,
  (digits) => `FR76 3000 6000 0112 3456 7890 189 ${digits}`,
  (digits) => grouped(digits, 1, ' ').replaceAll(/(. . . .) /g, '$1  '),
  ...ESCAPES,
]

/** A run of one to four separators, different between any two groups. */
const gaps = fc.array(fc.array(fc.constantFrom(...SEPARATORS, '\n', '\u00a0'), { minLength: 1, maxLength: 4 }), {
  minLength: 4,
  maxLength: 4,
})

describe('card numbers', () => {
  test('are found in every disguise', () => {
    fc.assert(
      fc.property(widelyHiddenCard, ({ text }) => {
        expect(containsPan(text), text).toBe(true)
      }),
      { numRuns: 5_000 },
    )
    fc.assert(
      fc.property(cardNumber, fc.constantFrom(...disguises), (digits, disguise) => {
        expect(containsPan(disguise(digits)), String(disguise)).toBe(true)
      }),
      { numRuns: 5_000 },
    )
  })

  test('are found with any separators between their groups', () => {
    fc.assert(
      fc.property(cardNumber, gaps, (digits, [a = [], b = [], c = [], d = []]) => {
        const [one, two, three, four, five] = digits.match(/.{1,4}/g) ?? []
        const text = [one, a.join(''), two, b.join(''), three, c.join(''), four, five ? d.join('') + five : ''].join('')
        expect(findPan(text), text).toBe(true)
      }),
      { numRuns: 5_000 },
    )
  })

  test.each([
    ['in uneven pieces with any separators', unevenCard],
    ['in uneven pieces among other digits', unevenCardAmongDigits],
    ['with a single point or comma', cardWithPoint],
  ])('are found %s', (_, written) => {
    fc.assert(
      fc.property(written, ({ text }) => {
        expect(findPan(text), JSON.stringify(text)).toBe(true)
        expect(findPan(JSON.stringify({ content: text })), JSON.stringify(text)).toBe(true)
      }),
      { numRuns: Number(process.env['PAN_UNEVEN'] ?? 5_000) },
    )
  })

  test.each([
    '1.4242424242424242',
    '42424242.42424242',
    '42424242,42424242',
    '4242424242,424242',
    '12/28 424242 4242424242',
    'cvv 123 424242 4242424242',
    '424242 42424-24242',
    '42 42 42-42 42 42-42 42',
    '123 42 42 42 42 42 42 42 42',
    '4242424242 424242 12/28 123',
    '30/11/2026 14:30 424242 4242424242',
    '06 12 34 56 78 424242 4242424242',
    '+33 6 12 34 56 78 424242 4242424242',
    'FR76 3000 6000 0112 3456 7890 189 424242 4242424242',
    '424242 4242424242 555555 5555554444 378282 246310005',
    '{"content":"1.4242424242424242"}',
    '{"content":"[4.242424242424242]"}',
    '{"content":4.242424242424242',
    '"a":4.242424242424242}',
    '[4242,4242,4242,4242]',
    '[4,2,4,2,4,2,4,2,4,2,4,2,4,2,4,2]',
    '{"content":"{\\"a\\":4.242424242424242}"}',
  ])('are found in %s', (text) => {
    expect(findPan(text)).toBe(true)
  })

  test.each(SEPARATORS)('are found with "%s" alone, doubled and between all digits', (separator) => {
    for (const size of [4, 1]) for (const times of [1, 2, 9]) expect(findPan(grouped(CARD, size, separator.repeat(times)))).toBe(true)
  })

  test.each(WIDE_DISGUISES.map((disguise) => [JSON.stringify(disguise(CARD)), disguise(CARD)]))('are found as %s', (_, text) => {
    expect(findPan(text)).toBe(true)
  })

  test('of the test tables are found', () => {
    for (const number of ['4242424242424242', '3782 822463 10005', '6011-0009-9013-9424', '3056 930902 5904', '5555 5555 5555 4444']) {
      expect(findPan(number)).toBe(true)
    }
  })

  test('of thirteen digits are no longer looked for', () => {
    expect(findPan('4222222222222')).toBe(false)
  })

  test('nesting too deep to be searched counts as one', () => {
    let value: unknown = 'x'
    for (let level = 0; level < 100; level += 1) value = [value]
    expect(containsPan(value)).toBe(true)
    expect(JSON.stringify(withoutPans(value))).toBe(`${'['.repeat(64)}null${']'.repeat(64)}`)
  })
})

/** A guard that took the square of the length would need hours for these; it takes seconds. */
describe('half a megabyte of whatever is read in one go', () => {
  const LENGTH = 2 ** 19
  test.each([
    '1',
    '4 ',
    '42 ',
    '4241 ',
    '4241 4241/4241,',
    '+4',
    '4 2\n',
    'FR76 ',
    'FR76 3000 6000 0112 3456 7890 188 ',
    'a1',
    '%34',
    '\\u0034',
    '\\',
    '\\\\u',
    '%',
    '4\u0301',
    '4\u0000',
    '\u0664',
    '\u{1d7d0}',
    '\ufdfa',
    'AAAA',
    'NDI0',
    '/',
    ' ',
    '12345678-1234-1234-1234-',
    '30/11/2026 ',
    '06 12 34 56 78 / ',
    '4 900,00 ',
    '+33 6 12 34 56 78 ',
    '48.856,',
    'a:1:',
    '1::',
    '42-42 ',
    '424242 ',
    '42-4241424 ',
  ])('%j', (piece) => {
    const text = piece.repeat(Math.ceil(LENGTH / piece.length))
    expect(findPan(`4${text}x`)).toBe(false)
  })
})

describe('a value without card numbers', () => {
  test('keeps everything but the field that holds one', () => {
    const value = {
      token: 'a'.repeat(64),
      note: 'carte 4242 4242 4242 4242',
      amount: 4900,
      number: 4242424242424242,
      list: ['x', CARD],
      [CARD]: 1,
      none: null,
    }
    expect(withoutPans(value)).toEqual({
      token: 'a'.repeat(64),
      note: DROPPED,
      amount: 4900,
      number: null,
      list: ['x', DROPPED],
      none: null,
    })
  })

  test('loses in a text that is JSON only the field within', () => {
    const safe = JSON.stringify({ card_holder: CARD, last_four: '4242', expiry: '12/34' })
    const clean = withoutPans({ safe_data: safe, body: `  [${JSON.stringify(safe)}]`, broken: `{"a":"${CARD}` })
    expect(clean).toEqual({
      safe_data: JSON.stringify({ card_holder: DROPPED, last_four: '4242', expiry: '12/34' }),
      body: JSON.stringify([JSON.stringify({ card_holder: DROPPED, last_four: '4242', expiry: '12/34' })]),
      broken: DROPPED,
    })
  })

  test('holds none, whatever it held', () => {
    const value = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        widelyHiddenCard.map(({ text }) => text),
        fc.string(),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.oneof(cardNumber, fc.string()), tie('value'), { maxKeys: 4 }),
        tie('value').map((inner) => JSON.stringify(inner)),
      ),
    })).value
    const isClean = (any: unknown) => !containsPan(withoutPans(any))
    fc.assert(fc.property(value, isClean), { numRuns: 1_000 })
  })
})
