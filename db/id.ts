const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
const SIGNS = `0123456789${LETTERS}`
const LENGTH = 24

/**
 * A new primary key, in the one way in which the application names a row: a letter and 23 letters or digits, as a cuid2 is written, drawn from the
 * platform's secure random source (123 bits). The library of that name hashes what it has drawn once more and writes the hash with a decimal library,
 * which took a fifth of a millisecond for each id, and a paid sale needs eight; a secure source needs neither.
 */
export function newId(): string {
  let id = ''
  while (id.length < LENGTH) {
    for (const byte of crypto.getRandomValues(new Uint8Array(LENGTH + 8))) id += signOf(byte, id === '' ? LETTERS : SIGNS)
  }
  return id.slice(0, LENGTH)
}

/** Nothing for a byte beyond the last whole round of the signs: they would otherwise not come equally often. */
function signOf(byte: number, signs: string): string {
  return byte < 256 - (256 % signs.length) ? (signs[byte % signs.length] ?? '') : ''
}
