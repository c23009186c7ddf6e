/** All but printable ASCII and its white space, which stand as they are. */
const OTHER = /[^\t-\r -~]/gu
/** What is not drawn, or only drawn onto the character before: control, format, ignorable and mark characters, halves of characters, blanks. */
const NOT_DRAWN = /[\p{C}\p{M}\p{Default_Ignorable_Code_Point}\u2800\u303f\ufffd]/u
/** White space and punctuation outside ASCII, the ideographic comma and full stop among them. */
const OTHER_SEPARATOR = /[\s\x85\p{P}\u2212]/u
const DIGIT = /\p{Nd}/u
/** Digits that count as symbols, each by its place in its row. Unicode breaks other circled ones down into ASCII itself. */
const SYMBOLS = ['⓿❶❷❸❹❺❻❼❽❾', '\u{1f10b}➀➁➂➃➄➅➆➇➈', '\u{1f10c}➊➋➌➍➎➏➐➑➒', ' ⓵⓶⓷⓸⓹⓺⓻⓼⓽', ' ፩፪፫፬፭፮፯፰፱']

const SEPARATORS = " \t\n\v\f\r/,.:;'-_*()[]+|~`"
const separates = new Uint8Array(128)
for (const separator of SEPARATORS) separates[separator.charCodeAt(0)] = 1

/** Whether people may write this between the digits of one number; asked of a text that is plain. */
export function isSeparator(code: number): boolean {
  return separates[code] === 1
}

/**
 * The text with every digit of any script as an ASCII digit, without what is not drawn, and with one kind of space for all white space and
 * punctuation outside ASCII. Read by the guard, never stored.
 */
export function plainText(text: string): string {
  return text.normalize('NFKC').replaceAll(OTHER, plainCharacter)
}

/** What was found out of characters: the same few come again and again. */
const known = new Map(SYMBOLS.flatMap((row) => Array.from(row, (symbol, value) => [symbol, String(value)] as const)))
const MOST_KNOWN = 5_000

function plainCharacter(character: string): string {
  const found = known.get(character) ?? judged(character)
  if (known.size < MOST_KNOWN) known.set(character, found)
  return found
}

function judged(character: string): string {
  if (OTHER_SEPARATOR.test(character)) return ' '
  if (NOT_DRAWN.test(character)) return ''
  return DIGIT.test(character) ? asciiDigit(character) : character
}

/** Unicode keeps the ten digits of a script in a row that begins with zero, and rows stand one after another. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0
  let first = code
  while (DIGIT.test(String.fromCodePoint(first - 1))) first -= 1
  return String((code - first) % 10)
}

/** Whether a text can hold that many digits once it is plain: a count of what is a digit or may become some, because every request passes here. */
export function mayHoldDigits(text: string, least: number): boolean {
  let digits = 0
  for (let at = 0; at < text.length && digits < least; at += 1) {
    const code = text.charCodeAt(at)
    if (code >= ZERO && code <= NINE) digits += 1
    else if (code > NINE && mayBecomeDigits(code)) digits += MOST_OF_ONE
  }
  return digits >= least
}

const ZERO = 0x30
const NINE = 0x39
/** One character becomes no more digits than this: "⅒" is "1⁄10". */
const MOST_OF_ONE = 3
/** Small digits and fractions of Latin-1. */
const SMALL_DIGITS = '²³¹¼½¾'

/** Letters of European languages and typographers' quotes, dashes and spaces become none. */
function mayBecomeDigits(code: number): boolean {
  if (code < 0x370) return code > 0xa0 && SMALL_DIGITS.includes(String.fromCharCode(code))
  return code < 0x2000 || code > 0x2060
}
