import { withoutIbans } from '#domain/base/iban.ts'

const UUID = /(?<![0-9a-z])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-z])/gi
/** Digests and ids in hexadecimal: of the usual lengths, or with letters in two places, so that "cb" before a card's number hides nothing. */
const HEX = /(?<![0-9a-z])(?:(?=\d*[a-f])(?:[0-9a-f]{32,}|[0-9a-f]{24})|(?=\d*[a-f]+\d+[a-f])[0-9a-f]{16,})(?![0-9a-z])/gi
const IPV4 = /(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?!\.?\d)/g

/** With all eight groups or the double colon that stands for some; and with a letter in it or, beside that colon, four others and a group too short for a card's. */
const IPV6 =
  /(?<![0-9a-z:])(?=[\d:]*[a-f]|(?![\d:]*::[\d:]*::|[\d:]*:::)(?=(?:\d*:){5})(?=[\d:]*::)(?:[\d:]*:)?\d{1,3}:)(?=[0-9a-f:]*::|(?:[0-9a-f]{1,4}:){7})(?:[0-9a-f]{1,4}::?|::){2,7}(?:[0-9a-f]{1,4})?(?![0-9a-z:])/gi

/** Whole days, the year in front or behind, with the time if one follows. Two numbers alone, as of an expiry, are none. */
const DAY =
  /(?<!\d[/.:_-]?)(?:(?:0?[1-9]|[12]\d|3[01])([/.-])(?:0?[1-9]|[12]\d|3[01])\1(?:19|20)?\d\d|(?:19|20)\d\d([/.-])(?:0?[1-9]|1[0-2])\2(?:0?[1-9]|[12]\d|3[01]))(?:[\s,+_-]{1,3}(?:[01]?\d|2[0-3])[:.-][0-5]\d(?:[:.-][0-5]\d(?:[.,]\d{1,6})?)?)?(?![/.:_-]?\d)/g

/** Latitude and longitude, as maps write them in addresses and texts. */
const PLACE = /(?<!\d[.,]?)-?\d{1,2}\.\d{3,8}[,;/]\s?-?\d{1,3}\.\d{3,8}(?!\.?\d)/g

/** Advertising ids (a random number and a Unix time) and the order numbers of the largest shop. */
const MACHINE_IDS = /(?<!\d)(?:\d{1,10}\.(?:1[5-9]|20)\d{8}|\d{3}-\d{7}-\d{7})(?!\d)/g

/** Telephone numbers one after another and nothing else around: twenty digits are no card. First France's, then North America's. */
const PHONES = [
  listOf(String.raw`0[1-9](?:\d{8}|(?: \d\d){4}|(?:\.\d\d){4}|(?:-\d\d){4})`),
  listOf(String.raw`(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-])[2-9]\d\d[ .-]\d{4}`),
]
/** A telephone number of France that no digits precede: no card begins with a zero. */
const PHONE = /(?<!\d[^\da-z]{0,4})0[1-9]([ .-]?)\d\d(?:\1\d\d){3}(?!\d)/gi
/** Times and days of a year, three of them or more: opening hours, stays. */
const HOURS = listOf(String.raw`[0-2]\d:[0-5]\d|[0-3]\d/[01]\d`, 3)
/** Amounts with cents, three of them or more. */
const AMOUNTS = listOf(String.raw`\d{1,3}(?: \d{3}){0,3}[.,]\d\d`, 3)

function listOf(item: string, least = 2): RegExp {
  return new RegExp(String.raw`(?<!\d[^\da-z]{0,4})(?:${item})(?:[\s,;/+-]{1,3}(?:${item})){${least - 1},}(?![^\da-z]?\d)`, 'gi')
}

const ORDINARY: readonly RegExp[] = [UUID, HEX, IPV4, IPV6, DAY, PLACE, MACHINE_IDS, ...PHONES, PHONE, HOURS, AMOUNTS]

/** The plain text with a word in the place of each number whose own form says that it is no card's. */
export function withoutOrdinary(plain: string): string {
  return withoutIbans(ORDINARY.reduce((text, form) => text.replaceAll(form, ' number '), plain))
}

const JSON_TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi

/**
 * A JSON text without its numbers that have a fraction, as machines write places, measures and times. Only what JSON itself calls a number
 * goes: the same digits in a text, a form or a query are somebody's words. Any other text stays as it is.
 */
export function withoutJsonFractions(text: string): string {
  if (!isJson(text)) return text
  return text.replaceAll(JSON_TOKEN, (token) => (!token.startsWith('"') && token.includes('.') ? 'null' : token))
}

function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
