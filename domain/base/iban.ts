import { isSeparator } from './pan/plain.ts'

/** How many characters an account number of each country has (SWIFT's IBAN registry, ISO 13616). */
const LENGTHS = new Map(
  Array.from(
    (
      'AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27' +
      'GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24' +
      'PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30'
    ).matchAll(/([A-Z]{2})(\d\d)/g),
    ([, country = '', length]) => [country, Number(length)] as const,
  ),
)

const START = /(?<![0-9a-z])[a-z]{2}\d{2}/gi

/** The text with each IBAN of a known country whose own checksum holds, however it is grouped, replaced by a word. */
export function withoutIbans(text: string): string {
  let kept = ''
  let from = 0
  for (const { index } of text.matchAll(START)) {
    const end = index < from ? 0 : ibanEnd(text, index)
    if (end === 0) continue
    kept += `${text.slice(from, index)} iban `
    from = end
  }
  return from === 0 ? text : kept + text.slice(from)
}

/** Where the IBAN that begins here ends; 0 when none does. */
function ibanEnd(text: string, start: number): number {
  const length = LENGTHS.get(text.slice(start, start + 2).toUpperCase()) ?? 0
  let compact = ''
  let at = start
  for (; compact.length < length && at < text.length; at += 1) {
    if (isAlphanumeric(text.charCodeAt(at))) compact += text.charAt(at)
    else if (!isSeparator(text.charCodeAt(at))) return 0
  }
  const isWhole = compact.length === length && length > 0 && !isAlphanumeric(text.charCodeAt(at))
  return isWhole && isIban(compact) ? at : 0
}

/** ISO 13616: letters become numbers, the first four characters go last, and the remainder by 97 is 1. */
function isIban(compact: string): boolean {
  let remainder = 0
  for (let at = 4; at < compact.length + 4; at += 1) {
    const value = Number.parseInt(compact.charAt(at % compact.length), 36)
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
  }
  return remainder === 1
}

/** Of ASCII; the code after a text's end is none. */
function isAlphanumeric(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)
}
