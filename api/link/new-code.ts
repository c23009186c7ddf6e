/** Without 0/o, 1/i/l: a code is read aloud and typed from paper. Codes are lower-case only. */
const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz'
const LENGTH = 7

/** A code of 31⁷ (27 thousand million); each is equally likely, and none leads to another. */
export function newCode(): string {
  let code = ''
  while (code.length < LENGTH) {
    for (const byte of crypto.getRandomValues(new Uint8Array(16))) {
      // The 32nd value is drawn again, so that no letter is likelier than another.
      const letter = ALPHABET[byte & 31]
      if (letter !== undefined && code.length < LENGTH) code += letter
    }
  }
  return code
}
