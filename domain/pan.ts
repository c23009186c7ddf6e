import { openBase64 } from './pan-base64.ts'
import { hasCardRange, passesLuhn } from './pan-range.ts'

const MIN_DIGITS = 13
const MAX_DIGITS = 19

/** How many layers of URL- or base64-encoding are opened, one inside the other. */
const MAX_LAYERS = 2

/** How deep an object may nest before it is refused as unreadable rather than searched. */
const MAX_DEPTH = 64

const SEPARATOR = String.raw`[\p{Zs}\t\r\n\p{Pd}\p{Cf}._+·•*|]{1,3}`
const CHAIN = new RegExp(String.raw`\d+(?:${SEPARATOR}\d+)*`, 'gu')
const DIGITS = /\d+/g
const DECIMAL = /^\d+\.\d+$/
const UUID = /(?<![0-9a-z])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-z])/gi
const LONG_HEX = /(?<![0-9a-z])(?=\d*[a-f])[0-9a-f]{32,}(?![0-9a-z])/gi
const IBAN = /(?<![0-9a-z])[a-z]{2}\d{2}(?: ?[0-9a-z]){11,30}(?![0-9a-z])/gi
/** The same in capitals only: in a sentence it ends where the small letters begin. */
const IBAN_IN_TEXT = /(?<![0-9A-Z])[A-Z]{2}\d{2}(?: ?[0-9A-Z]){11,30}(?![0-9A-Za-z])/g

/**
 * Whether a text holds a payment card number: 13 to 19 digits once separators are stripped, a correct Luhn sum and a
 * known issuer range, written plainly or inside URL- or base64-encoding. UUIDs, hexadecimal digests and IBANs whose own checksum holds are not numbers.
 */
export function findPan(text: string): boolean {
  return findInLayers(text, MAX_LAYERS)
}

/** `findPan` over every key, string and number of a JSON-like value. A value nested deeper than 64 levels counts as a hit: it cannot be vouched for. */
export function containsPan(value: unknown): boolean {
  return findDeep(value, MAX_DEPTH)
}

function findDeep(value: unknown, depth: number): boolean {
  if (depth === 0) return true
  if (typeof value === 'string') return findPan(value)
  if (typeof value === 'number') return Number.isInteger(value) && findPlain(String(value))
  if (typeof value === 'bigint') return findPlain(String(value))
  if (typeof value !== 'object' || value === null || value instanceof Date) return false
  if (Array.isArray(value)) return value.some((item) => findDeep(item, depth - 1))
  return Object.entries(value).some(([key, item]) => findPan(key) || findDeep(item, depth - 1))
}

function findInLayers(text: string, layers: number): boolean {
  if (findPlain(text)) return true
  if (layers === 0) return false
  const decoded = decodePercent(text)
  if (decoded !== text && findInLayers(decoded, layers - 1)) return true
  return openBase64(text, MIN_DIGITS).some((inner) => findInLayers(inner, layers - 1))
}

function findPlain(text: string): boolean {
  if (text.length < MIN_DIGITS) return false
  const plain = withoutLookalikes(text.normalize('NFKC'))
  for (const [chain] of plain.matchAll(CHAIN)) {
    if (chain.length >= MIN_DIGITS && chainHoldsCard(chain)) return true
  }
  return false
}

function withoutLookalikes(text: string): string {
  return text.replaceAll(UUID, ' uuid ').replaceAll(LONG_HEX, ' hex ').replaceAll(IBAN, hideIban).replaceAll(IBAN_IN_TEXT, hideIban)
}

function hideIban(match: string): string {
  return isIban(match) ? ' iban ' : match
}

/** A card number is one group of digits, a run of equal groups with a shorter last one (4-4-4-4, 4-4-4-4-3), or all that stands together with one separator (4-6-5). */
function chainHoldsCard(chain: string): boolean {
  const groups = chain.match(DIGITS) ?? []
  const separators = new Set(chain.split(DIGITS).slice(1, -1))
  if (separators.size < 2 && !DECIMAL.test(chain) && isCard(groups.join(''))) return true
  return groups.some((_, start) => isCardFrom(groups, start))
}

function isCardFrom(groups: readonly string[], start: number): boolean {
  return isEvenCardFrom(groups, start) || isUnevenCardFrom(groups, start)
}

function isEvenCardFrom(groups: readonly string[], start: number): boolean {
  const size = groups[start]?.length ?? 0
  // Pairs and single digits are how telephone numbers and lists are written, so those count only as a whole chain.
  const most = size < 3 ? 1 : MAX_DIGITS
  let digits = ''
  for (const group of groups.slice(start, start + most)) {
    if (group.length > size) return false
    digits += group
    if (isCard(digits)) return true
    if (group.length < size || digits.length > MAX_DIGITS) return false
  }
  return false
}

/** The 4-6-5 and 4-6-4 groupings printed on fifteen- and fourteen-digit cards. */
function isUnevenCardFrom(groups: readonly string[], start: number): boolean {
  const [first = '', second = '', third = ''] = groups.slice(start, start + 3)
  return first.length === 4 && second.length === 6 && third.length >= 4 && isCard(first + second + third)
}

function isCard(digits: string): boolean {
  const fits = digits.length >= MIN_DIGITS && digits.length <= MAX_DIGITS
  return fits && hasCardRange(digits) && passesLuhn(digits)
}

function decodePercent(text: string): string {
  return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    const bytes = escapes.match(/[0-9a-f]{2}/gi) ?? []
    return utf8(bytes.map((byte) => Number.parseInt(byte, 16)))
  })
}

function utf8(bytes: readonly number[]): string {
  return new TextDecoder().decode(Uint8Array.from(bytes))
}

/** ISO 13616: letters become numbers, the first four characters go last, and the remainder by 97 is 1. */
function isIban(candidate: string): boolean {
  const compact = candidate.replaceAll(' ', '').toUpperCase()
  let remainder = 0
  for (let at = 4; at < compact.length + 4; at += 1) {
    const code = compact.charCodeAt(at % compact.length)
    const value = code <= NINE ? code - ZERO : code - LETTER_A + 10
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
  }
  return remainder === 1
}

const ZERO = 0x30
const NINE = 0x39
const LETTER_A = 0x41
