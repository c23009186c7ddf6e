const RUNS = /[A-Za-z0-9+/_-]{18,}/g
const MIN_RUN = 18
const PERCENT = 0x25
/** The letter A stands for six zeros, like everything that is no letter. */
const LETTER_OF_ZERO = 0x41
/** What a byte must be at least to belong to a character outside ASCII. */
const BEYOND_ASCII = 128

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
/** The six bits of each letter by its character code. */
const SIX_BITS = new Uint8Array(256)
for (let bits = 0; bits < LETTERS.length; bits += 1) SIX_BITS[LETTERS.charCodeAt(bits)] = bits
for (const [sign, bits] of [
  ['+', 62],
  ['-', 62],
  ['/', 63],
  ['_', 63],
] as const)
  SIX_BITS[sign.charCodeAt(0)] = bits

/**
 * What stands inside the base64 of a text, as far as a number of `minDigits` digits could hide in it. Each run of base64 letters is read from
 * each of its first four places: a path or a prefix before it may have shifted it. Most runs are ids and tokens, which decode to noise; those
 * are dismissed on their bytes alone, because every request passes here.
 */
export function openBase64(text: string, minDigits: number): string[] {
  const opened: string[] = []
  for (const [run] of text.matchAll(RUNS)) {
    for (let shift = 0; shift < 4; shift += 1) {
      const bytes = decode(run, shift)
      if (mayHide(bytes, minDigits)) opened.push(new TextDecoder().decode(bytes))
    }
  }
  return opened
}

function decode(run: string, shift: number): Uint8Array {
  const bytes = new Uint8Array(((run.length - shift) * 3) >> 2)
  let held = 0
  let heldBits = 0
  let length = 0
  for (let at = shift; at < run.length; at += 1) {
    held = ((held << 6) | (SIX_BITS[run.charCodeAt(at)] ?? 0)) & 0xffff
    heldBits += 6
    if (heldBits < 8) continue
    heldBits -= 8
    bytes[length] = held >> heldBits
    length += 1
  }
  return bytes
}

/**
 * Whether these bytes can hold that many digits, or a further layer. A character outside ASCII may turn into digits when it is normalized, but
 * never into more of them than it has bytes; bytes that are no character turn into none.
 */
function mayHide(bytes: Uint8Array, minDigits: number): boolean {
  let digits = 0
  let run = 0
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0
    if (byte === PERCENT) return true
    run = isLetter(byte) ? run + 1 : 0
    if (byte >= BEYOND_ASCII) digits += sequenceLength(bytes, at)
    else if (byte >= 0x30 && byte <= 0x39) digits += 1
    if (digits >= minDigits || run >= MIN_RUN) return true
  }
  return false
}

/** How many bytes a character that begins here has; 0 for what begins none. Lenient: what is no UTF-8 after all counts as some. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0
  const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
  for (let next = at + 1; next < at + length; next += 1) if (((bytes[next] ?? 0) & 0xc0) !== 0x80) return 0
  return length
}

function isLetter(byte: number): boolean {
  return byte === LETTER_OF_ZERO || (SIX_BITS[byte] ?? 0) > 0
}
