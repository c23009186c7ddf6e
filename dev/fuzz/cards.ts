import * as fc from 'fast-check'
import { CARD_RANGES, passesLuhn } from '#domain/pan-range.ts'

/** A number of a known network with a correct checksum, made up: never one that was issued to anybody on purpose. */
export const cardNumber: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...CARD_RANGES), fc.array(fc.nat(9), { minLength: 19, maxLength: 19 }), fc.nat(6))
  .map(([range, filler, spread]) => {
    const head = `${range.from}${filler.join('')}`.slice(0, Math.min(range.max, range.min + spread) - 1)
    return Array.from({ length: 10 }, (_, digit) => `${head}${digit}`).find(passesLuhn) ?? head
  })

const grouped = (digits: string, size: number, separator: string): string =>
  (digits.match(new RegExp(`\\d{1,${size}}`, 'g')) ?? []).join(separator)
const percent = (text: string): string => Array.from(text, (character) => `%${character.charCodeAt(0).toString(16)}`).join('')

/** The ways in which people and programs write a number, all of them printable in a header. */
const DISGUISES: readonly ((digits: string) => string)[] = [
  (digits) => digits,
  (digits) => grouped(digits, 4, ' '),
  (digits) => grouped(digits, 4, '-'),
  (digits) => grouped(digits, 3, '.'),
  (digits) => grouped(digits, 1, ' '),
  (digits) => `ma carte : ${grouped(digits, 4, ' ')} 12/29 123`,
  (digits) => percent(digits),
  (digits) => grouped(digits, 4, '%20'),
  (digits) => btoa(`{"number":"${digits}"}`),
  (digits) => encodeURIComponent(btoa(`card ${grouped(digits, 4, ' ')}`)),
  (digits) => JSON.stringify({ a: { b: [digits] } }),
]

export interface HiddenCard {
  digits: string
  text: string
}

export const hiddenCard: fc.Arbitrary<HiddenCard> = fc
  .tuple(cardNumber, fc.constantFrom(...DISGUISES))
  .map(([digits, disguise]) => ({ digits, text: disguise(digits) }))

/** Ways that only a JSON body has, because reading it takes them off. */
export const ESCAPES: readonly ((digits: string) => string)[] = [
  (digits) => `{"content":"${Array.from(digits, (digit) => `\\u003${digit}`).join('')}"}`,
  (digits) => JSON.stringify({ content: grouped(digits, 4, '\n') }),
  (digits) => JSON.stringify({ content: grouped(digits, 4, '\t') }),
  (digits) => `{"content":"${grouped(digits, 4, '\\u0020')}"}`,
  (digits) => `{"content":"${grouped(digits, 4, '\\u002d')}"}`,
  (digits) => `{"\\u003${digits}":1}`,
]
