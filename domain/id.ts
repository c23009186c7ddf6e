const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
const SIGNS = `${LETTERS}0123456789`
const LENGTH = 24
/** Bytes from here on are thrown away, so that each of the 36 signs, and each of the 26 letters, is as likely as any other. */
const SIGNS_END = 252
const LETTERS_END = 234

/**
 * A new primary key in the form of a cuid2: a letter, then 23 lower-case letters and digits. The one way in which the application names a row.
 * Every sign is drawn from the system's own random source (123 bits). cuid2's generator hashes such draws together with a clock and a counter,
 * which adds nothing where the source is sound, and costs half a millisecond an id: a sale needs eight.
 */
export function newId(): string {
  let id = ''
  while (id.length < LENGTH) {
    for (const byte of crypto.getRandomValues(new Uint8Array(32))) {
      if (id === '') id = byte < LETTERS_END ? LETTERS.charAt(byte % 26) : ''
      else if (byte < SIGNS_END && id.length < LENGTH) id += SIGNS.charAt(byte % 36)
    }
  }
  return id
}
