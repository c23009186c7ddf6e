import { createHash } from 'node:crypto'
import { TEST_CARDS } from '#dev/stand-ins/processor/test-cards.ts'
import { BoundedMap } from '#dev/stand-ins/shared/bounded-map.ts'

/** The fields of the hosted form, all text. */
export type CardFields = Record<string, string>

/** The same number always makes the same token; spaces make it another one, as at the real vault. */
function tokenOf(number: string): string {
  return createHash('sha256').update(`stand-in vault:${number}`).digest('hex')
}

/** `4242424242424242` as a hosted form shows it and, unless it was told to strip spaces, sends it. */
export function grouped(number: string): string {
  const digits = number.replaceAll(/\D/g, '')
  const groups = /^3[47]/.test(digits) ? /^(\d{0,4})(\d{0,6})(\d{0,5})/ : /^(\d{0,4})(\d{0,4})(\d{0,4})(\d{0,4})(\d{0,3})/
  return (groups.exec(digits) ?? [])
    .slice(1)
    .filter((group) => group !== '')
    .join(' ')
}

/** Token of a test card that came through a form of ours, which strips spaces. */
export const tokenOfTestCard = (number: string): string => tokenOf(number)

/** Cards live in memory only, and the oldest are forgotten. The processor's test numbers are always known, so demo people keep theirs. */
export class CardStore {
  readonly #cards = new BoundedMap<string, CardFields>(20_000)
  readonly #tests = new Map<string, CardFields>()

  constructor() {
    for (const { number } of TEST_CARDS) {
      for (const spelling of [number, grouped(number)]) this.#tests.set(tokenOf(spelling), testFields(spelling))
    }
  }

  keep(reference: string, fields: CardFields): string {
    const token = tokenOf(fields['card_number'] ?? '')
    this.#cards.set(`${token} ${reference}`, fields)
    return token
  }

  find(token: string, reference: string): CardFields | null {
    return this.#cards.get(`${token} ${reference}`) ?? this.#tests.get(token) ?? null
  }
}

function testFields(number: string): CardFields {
  return {
    card_number: number,
    card_holder: 'Test',
    cvv: '123',
    expiry: '12/40',
    expiry_month: '12',
    expiry_year: '2040',
    expiry_year_short: '40',
  }
}
