import { DROPPED, findPan } from '#domain/base/pan/pan.ts'

/** Longest piece of somebody else's error text that we repeat. */
const MAX_DETAIL = 200

/**
 * Makes a foreign error text fit to be logged: every known secret, in the spellings an echo may use, and every run of digits
 * long enough to be a card number become `***`; of a text that holds one in any other writing nothing is left.
 */
export function redact(text: string, secrets: readonly string[]): string {
  let clean = text
  for (const secret of secrets.filter((each) => each !== '')) {
    for (const spelling of spellings(secret)) clean = clean.split(spelling).join('***')
  }
  clean = clean.replaceAll(/\d(?:[ -]?\d){11,}/g, '***')
  return findPan(clean) ? DROPPED : clean.slice(0, MAX_DETAIL)
}

function spellings(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1)
  const form = new URLSearchParams({ s: secret }).toString().slice(2)
  return [secret, json, encodeURIComponent(secret), form].toSorted((a, b) => b.length - a.length)
}
