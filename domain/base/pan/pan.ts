import { openBase64 } from './base64.ts'
import { hasLongChain, holdsCard } from './groups.ts'
import { MIN_DIGITS } from './one-card.ts'
import { withoutJsonFractions, withoutOrdinary } from './ordinary.ts'
import { mayHoldDigits, plainText } from './plain.ts'

/** How many layers of URL-, JSON- or base64-encoding are opened, one inside the other. */
const MAX_LAYERS = 2

/** How deep an object may nest before it is refused as unreadable rather than searched. */
const MAX_DEPTH = 64

/** Stands where a card number stood. */
export const DROPPED = '[card number]'

const ESCAPE = /(?<!\\)\\+(?:u([0-9a-f]{4})|[nrtbf]|(["/]))/gi

/**
 * Whether a text holds a payment card number: 14 to 19 digits of any script once separators and what is not drawn are taken out, a correct
 * Luhn sum and a known issuer range, written plainly or inside URL-, JSON- or base64-encoding. UUIDs, hexadecimal digests, IBANs, SIRETs
 * numbers that follow a plus, and numbers whose own form says what they are (days, coordinates, a fraction in JSON) are none.
 */
export function findPan(text: string): boolean {
  return findInLayers(text, MAX_LAYERS)
}

/**
 * `findPan` over every key, string and number of a JSON-like value. A value nested deeper than 64 levels counts as a hit: it cannot be vouched for.
 *
 * @forDev tests and stand-ins
 */
export function containsPan(value: unknown): boolean {
  return findDeep(value, MAX_DEPTH)
}

/**
 * The same JSON-like value without card numbers: a text that holds one becomes `DROPPED`, a number null, and an entry goes whose key holds
 * one. Texts that are JSON themselves lose only the field within. What nests too deep to be searched becomes null.
 */
export function withoutPans(value: unknown): unknown {
  return dropDeep(value, MAX_DEPTH)
}

function findDeep(value: unknown, depth: number): boolean {
  if (depth === 0) return true
  if (typeof value === 'string') return findPan(value)
  if (typeof value === 'number') return isPanNumber(value)
  if (typeof value === 'bigint') return findPlain(String(value))
  if (typeof value !== 'object' || value === null || value instanceof Date) return false
  if (Array.isArray(value)) return value.some((item) => findDeep(item, depth - 1))
  return Object.entries(value).some(([key, item]) => findPan(key) || findDeep(item, depth - 1))
}

function dropDeep(value: unknown, depth: number): unknown {
  if (depth === 0) return null
  if (typeof value === 'string') return findPan(value) ? dropInText(value, depth) : value
  if (typeof value === 'number') return isPanNumber(value) ? null : value
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => dropDeep(item, depth - 1))
  const kept = Object.entries(value).filter(([key]) => !findPan(key))
  return Object.fromEntries(kept.map(([key, item]) => [key, dropDeep(item, depth - 1)]))
}

/** Machines put JSON into texts of their JSON, and one field of it must not take the others along. */
function dropInText(text: string, depth: number): string {
  if (!/^\s*[[{]/.test(text)) return DROPPED
  try {
    const clean = JSON.stringify(dropDeep(JSON.parse(text), depth - 1))
    return findPan(clean) ? DROPPED : clean
  } catch {
    return DROPPED
  }
}

function isPanNumber(value: number): boolean {
  return Number.isInteger(value) && findPlain(String(value))
}

/** A hit in a JSON text counts only if it is there without the numbers that JSON writes with a fraction. */
function findInLayers(text: string, layers: number): boolean {
  if (!findEncoded(text, layers)) return false
  const clean = withoutJsonFractions(text)
  return clean === text || findEncoded(clean, layers)
}

function findEncoded(text: string, layers: number): boolean {
  if (findPlain(text)) return true
  // Whatever encodes a number is longer than the number.
  if (layers === 0 || text.length < MIN_DIGITS) return false
  for (const decoded of [decodePercent(text), decodeEscapes(text)]) {
    if (decoded !== text && findInLayers(decoded, layers - 1)) return true
  }
  return openBase64(text, MIN_DIGITS).some((inner) => findInLayers(inner, layers - 1))
}

function findPlain(text: string): boolean {
  if (!mayHoldDigits(text, MIN_DIGITS)) return false
  const plain = plainText(text)
  return hasLongChain(plain) && holdsCard(withoutOrdinary(plain))
}

function decodePercent(text: string): string {
  if (!text.includes('%')) return text
  return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    const bytes = escapes.match(/[0-9a-f]{2}/gi) ?? []
    return utf8(bytes.map((byte) => Number.parseInt(byte, 16)))
  })
}

/** What reading JSON makes of its escapes, however often they were escaped again: those of white space become a space. */
function decodeEscapes(text: string): string {
  if (!text.includes('\\')) return text
  return text.replaceAll(ESCAPE, (_, code?: string, sign?: string) =>
    code ? String.fromCharCode(Number.parseInt(code, 16)) : (sign ?? ' '),
  )
}

function utf8(bytes: readonly number[]): string {
  return new TextDecoder().decode(Uint8Array.from(bytes))
}
