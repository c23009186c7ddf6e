import * as fc from 'fast-check'
import { CARD_RANGES, passesLuhn } from '#domain/base/pan/range.ts'

/** A number of a known network with a correct checksum, made up: never one that was issued to anybody on purpose. A SIRET is none. */
export const cardNumber: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...CARD_RANGES), fc.array(fc.nat(9), { minLength: 19, maxLength: 19 }), fc.nat(6))
  .map(([range, filler, spread]) => {
    const head = `${range.from}${filler.join('')}`.slice(0, Math.min(range.max, range.min + spread) - 1)
    return Array.from({ length: 10 }, (_, digit) => `${head}${digit}`).find(passesLuhn) ?? head
  })
  .filter((digits) => digits.length !== 14 || !passesLuhn(digits.slice(0, 9)))

export const grouped = (digits: string, size: number, separator: string): string =>
  (digits.match(new RegExp(`\\d{1,${size}}`, 'g')) ?? []).join(separator)
const percent = (text: string): string => Array.from(text, (character) => `%${character.charCodeAt(0).toString(16)}`).join('')
/** Each digit with the same thing after it. */
const strewn = (digits: string, thing: string): string => grouped(digits, 1, thing)

/** What people write between the digits of one number; the guard's rule names each. */
export const SEPARATORS: readonly string[] = Array.from(" /,.:;'-_*()[]")

/** One separator, a run of them, or any white space: all but the comma or semicolon with white space behind it, which parts the items of a list. */
const gap: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...SEPARATORS, '\n', '\t', '\u00a0'), { minLength: 1, maxLength: 3 })
  .map((run) => run.join(''))
  .filter((run) => !/[,;]\s/.test(run))
const oneSeparator = fc.constantFrom(...SEPARATORS)

/** What the guard lets pass by rule, should a made-up number be cut like it: days, places, network addresses, advertising ids, order numbers, lists of small numbers. */
const READS_OTHERWISE =
  /\d\d?([/.-])\d\d?\1\d\d|\d{4}([/.-])\d\d?\2\d|\.(?:1[5-9]|20)\d{8}(?!\d)|\d{3}-\d{7}-\d{7}|(?:\d{1,3}\.){3}\d|\.\d{3,8}[,;/]\s?-?\d{1,3}\.\d{3}|(?:\d{1,3}(?:\s+|[,;]|$)){7}|(?:\d{1,3}\S+\d{1,3}\s+){3}\d/

/** The number cut into two to eight pieces of any sizes, with another gap between any two. */
const unevenly = (digits: string, gaps: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.uniqueArray(fc.integer({ min: 1, max: digits.length - 1 }), { minLength: 1, maxLength: 7 }),
      fc.array(gaps, { minLength: 8, maxLength: 8 }),
    )
    .map(([cuts, between]) => {
      const ends = [...cuts.toSorted((one, other) => one - other), digits.length]
      return ends.map((end, at) => digits.slice(ends[at - 1] ?? 0, end) + (at < cuts.length ? (between[at] ?? ' ') : '')).join('')
    })

/** An expiry, a security code, an amount, a post code, how many, a telephone number without spaces. */
const otherDigits = fc.oneof(
  fc.constantFrom('12/28', '12/2028', '01-29', '123', '4321', '49,00', '1 200', '34070', '0612345678', '1', '42'),
  fc.nat(99_999).map(String),
)

const written = (gaps: fc.Arbitrary<string>, beside: (text: string) => fc.Arbitrary<string>): fc.Arbitrary<HiddenCard> =>
  cardNumber
    .chain((digits) =>
      unevenly(digits, gaps)
        .chain(beside)
        .map((text) => ({ digits, text })),
    )
    .filter(({ text }) => !READS_OTHERWISE.test(text))

/** Cut anywhere, whatever stands in between. */
export const unevenCard = written(fc.oneof(oneSeparator, gap), fc.constant)

/** The same among other digits that white space parts from it. */
export const unevenCardAmongDigits = written(fc.oneof(oneSeparator, gap), (text) =>
  fc
    .tuple(
      fc.option(otherDigits, { nil: '' }),
      fc.option(otherDigits, { nil: '' }),
      fc.constantFrom(' ', '  ', '\n', '\t', '\u00a0', ' - ', ' / '),
    )
    .map(([front, behind, space]) => [front, text, behind].filter(Boolean).join(space)),
)

/** With a single point or comma in it or before it, as a number with a fraction has. */
export const cardWithPoint: fc.Arbitrary<HiddenCard> = fc
  .tuple(cardNumber, fc.nat(13), fc.integer({ min: 1, max: 999 }), fc.constantFrom('.', ','))
  .map(([digits, at, front, point]) => ({
    digits,
    text: at === 0 ? `${front}${point}${digits}` : `${digits.slice(0, at)}${point}${digits.slice(at)}`,
  }))
  .filter(({ text }) => !READS_OTHERWISE.test(text))

/** Every script's digit zero, and the circled, raised, lowered, broad and mathematical ones. */
const ZEROS: readonly string[] = everyZero()

function everyZero(): string[] {
  const zeros: string[] = []
  for (let code = 0x80, row = 0; code <= 0x1_ff_ff; code += 1) {
    const isDigit = /\p{Nd}/u.test(String.fromCodePoint(code))
    if (isDigit && row % 10 === 0) zeros.push(String.fromCodePoint(code))
    row = isDigit ? row + 1 : 0
  }
  return zeros
}

/** The number in the digits of the script that has this zero. */
const inScript = (text: string, zero: string): string =>
  text.replaceAll(/[0-9]/g, (digit) => String.fromCodePoint((zero.codePointAt(0) ?? 0) + Number(digit)))

const inSymbols = (digits: string, row: string): string => Array.from(digits, (digit) => Array.from(row)[Number(digit)] ?? '').join('')

/** The ways in which people and programs write a number, all of them printable in a header. */
const DISGUISES: readonly ((digits: string) => string)[] = [
  (digits) => digits,
  ...SEPARATORS.map((separator) => (digits: string) => grouped(digits, 4, separator)),
  (digits) => grouped(digits, 4, '   '),
  (digits) => grouped(digits, 4, ' -- / '),
  (digits) => grouped(digits, 3, '.'),
  (digits) => grouped(digits, 2, ' '),
  (digits) => grouped(digits, 1, ' '),
  (digits) => grouped(digits, 1, ' / '),
  (digits) => `ma carte : ${grouped(digits, 4, ' ')} 12/29 123`,
  (digits) => percent(digits),
  (digits) => grouped(digits, 4, '%20'),
  (digits) => grouped(digits, 4, '%C2%A0%20'),
  (digits) => encodeURIComponent(strewn(digits, '\u200b')),
  (digits) => encodeURIComponent(inScript(digits, '\u0660')),
  (digits) => btoa(`{"number":"${digits}"}`),
  (digits) => encodeURIComponent(btoa(`card ${grouped(digits, 4, ' ')}`)),
  (digits) => JSON.stringify({ a: { b: [digits] } }),
  (digits) => `\\u0063ard ${Array.from(digits, (digit) => `\\u003${digit}`).join('')}`,
]

/** Ways that a body, a chat message and a file of text have beside those of a header. */
export const WIDE_DISGUISES: readonly ((digits: string) => string)[] = [
  ...[
    '\u0001',
    '\u0000',
    '\u200b',
    '\u00ad',
    '\u2060',
    '\u202e',
    '\ufeff',
    '\u{e0020}',
    '\ud800',
    '\u0336',
    '\u20e3',
    '\ufe0f\u20e3',
    '\u302a',
    '\u2800',
  ].map((thing) => (digits: string) => strewn(digits, thing)),
  ...[
    '\u00a0',
    '\u3000',
    '\u2003',
    '\u2028',
    '\n',
    '\t',
    '\r\n',
    '\u3001',
    '\u3002',
    '\u2013',
    '\u00b7',
    '\u2019',
    '\uff0f',
    '\u060c',
    '\n\n\n\n',
  ].map((separator) => (digits: string) => grouped(digits, 4, separator)),
  ...ZEROS.map((zero) => (digits: string) => inScript(digits, zero)),
  (digits) => inScript(grouped(digits, 4, '\u3000'), '\uff10'),
  (digits) => inSymbols(digits, '⓪①②③④⑤⑥⑦⑧⑨'),
  (digits) => inSymbols(digits, '⁰¹²³⁴⁵⁶⁷⁸⁹'),
  (digits) => inSymbols(digits, '₀₁₂₃₄₅₆₇₈₉'),
  (digits) => inSymbols(digits, '⓿❶❷❸❹❺❻❼❽❾'),
  (digits) => JSON.stringify({ a: JSON.stringify({ b: grouped(digits, 4, '\n') }) }),
]

export interface HiddenCard {
  digits: string
  text: string
}

const hiddenIn = (disguises: readonly ((digits: string) => string)[]): fc.Arbitrary<HiddenCard> =>
  fc.tuple(cardNumber, fc.constantFrom(...disguises)).map(([digits, disguise]) => ({ digits, text: disguise(digits) }))

const loose = fc.oneof(unevenCard, unevenCardAmongDigits, cardWithPoint)
const printable = loose.map(({ digits, text }) => ({ digits, text: text.replaceAll(/\s/g, ' ') }))

export const hiddenCard = fc.oneof({ weight: 3, arbitrary: hiddenIn(DISGUISES) }, printable)
export const widelyHiddenCard = fc.oneof({ weight: 3, arbitrary: hiddenIn([...DISGUISES, ...WIDE_DISGUISES]) }, loose)

/** Ways that only a JSON body has, because reading it takes them off. */
export const ESCAPES: readonly ((digits: string) => string)[] = [
  (digits) => `{"content":"${Array.from(digits, (digit) => `\\u003${digit}`).join('')}"}`,
  (digits) => JSON.stringify({ content: grouped(digits, 4, '\n') }),
  (digits) => JSON.stringify({ content: grouped(digits, 4, '\t') }),
  (digits) => `{"content":"${grouped(digits, 4, '\\u0020')}"}`,
  (digits) => `{"content":"${grouped(digits, 4, '\\u002d')}"}`,
  (digits) => `{"content":"${grouped(digits, 1, '\\u0001')}"}`,
  (digits) => `{"content":"${grouped(digits, 4, '\\/')}"}`,
  (digits) => `{"\\u003${digits}":1}`,
]
