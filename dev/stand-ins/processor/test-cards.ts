/**
 * The processor's published test numbers and what each of them does. No other number is ever accepted, so a real card typed
 * into the stand-in is declined and forgotten. The range 424242 counts as published: it is the test cards' own.
 */
export type TestCard = {
  number: string
  brand: 'visa' | 'mastercard' | 'amex'
  /** English name, as card registers write it. */
  country: string
  /** With the buyer there. `authenticate`: the bank's page decides, then `afterwards`. */
  present: 'succeed' | 'authenticate' | { decline: string; code?: string }
  afterwards?: { decline: string }
  /** At a renewal, when nobody is there. */
  absent: 'succeed' | { decline: string; code?: string }
  /** Disputed some time after a charge. */
  disputed?: string
  /** What becomes of a refund; succeeds at once when absent. */
  refund?: 'succeeds_later' | 'fails_later'
  /** For the list of test cards on the stand-in's page. */
  fr: string
  en: string
}

const US = 'United States'
const FR = 'France'

function declining(number: string, decline: string, fr: string, en: string, code?: string): TestCard {
  const answer = code === undefined ? { decline } : { decline, code }
  return { number, brand: 'visa', country: US, present: answer, absent: answer, fr, en }
}

export const TEST_CARDS: readonly TestCard[] = [
  { number: '4242424242424242', brand: 'visa', country: US, present: 'succeed', absent: 'succeed', fr: 'Acceptée', en: 'Accepted' },
  {
    number: '4000002500000003',
    brand: 'visa',
    country: FR,
    present: 'succeed',
    absent: 'succeed',
    fr: 'Acceptée, française',
    en: 'Accepted, French',
  },
  {
    number: '5555555555554444',
    brand: 'mastercard',
    country: US,
    present: 'succeed',
    absent: 'succeed',
    fr: 'Acceptée, Mastercard',
    en: 'Accepted, Mastercard',
  },
  {
    number: '378282246310005',
    brand: 'amex',
    country: US,
    present: 'succeed',
    absent: 'succeed',
    fr: 'Acceptée, American Express',
    en: 'Accepted, American Express',
  },
  declining('4000000000000002', 'generic_decline', 'Refusée', 'Declined'),
  declining('4000000000009995', 'insufficient_funds', 'Refusée, provision insuffisante', 'Declined, insufficient funds'),
  declining('4000000000009987', 'lost_card', 'Refusée, carte perdue', 'Declined, lost card'),
  declining('4000000000009979', 'stolen_card', 'Refusée, carte volée', 'Declined, stolen card'),
  declining('4000000000000069', 'expired_card', 'Refusée, carte expirée', 'Declined, expired card', 'expired_card'),
  declining('4000000000000127', 'incorrect_cvc', 'Refusée, code de sécurité faux', 'Declined, wrong security code', 'incorrect_cvc'),
  declining(
    '4000000000000119',
    'processing_error',
    'Refusée, incident chez la banque',
    'Declined, trouble at the bank',
    'processing_error',
  ),
  {
    number: '4000002500003155',
    brand: 'visa',
    country: FR,
    present: 'authenticate',
    absent: 'succeed',
    fr: 'La banque demande une validation',
    en: 'The bank asks for confirmation',
  },
  {
    number: '4000002760003184',
    brand: 'visa',
    country: 'Germany',
    present: 'authenticate',
    absent: { decline: 'authentication_required', code: 'authentication_required' },
    fr: 'La banque demande une validation à chaque paiement',
    en: 'The bank asks for confirmation at every charge',
  },
  {
    number: '4000008400001629',
    brand: 'visa',
    country: US,
    present: 'authenticate',
    afterwards: { decline: 'generic_decline' },
    absent: { decline: 'generic_decline' },
    fr: 'Validée par la banque, puis refusée',
    en: 'Confirmed by the bank, then declined',
  },
  {
    number: '4000000000000259',
    brand: 'visa',
    country: US,
    present: 'succeed',
    absent: 'succeed',
    disputed: 'fraudulent',
    fr: 'Acceptée, contestée ensuite',
    en: 'Accepted, disputed later',
  },
  {
    number: '4000000000000341',
    brand: 'visa',
    country: US,
    present: 'succeed',
    absent: { decline: 'generic_decline' },
    fr: 'Acceptée, refusée au renouvellement',
    en: 'Accepted, declined at renewals',
  },
  {
    number: '4000000000007726',
    brand: 'visa',
    country: US,
    present: 'succeed',
    absent: 'succeed',
    refund: 'succeeds_later',
    fr: 'Acceptée, remboursement différé',
    en: 'Accepted, refunds take time',
  },
  {
    number: '4000000000005126',
    brand: 'visa',
    country: US,
    present: 'succeed',
    absent: 'succeed',
    refund: 'fails_later',
    fr: 'Acceptée, remboursement en échec',
    en: 'Accepted, refunds fail',
  },
]

const byNumber = new Map(TEST_CARDS.map((card) => [card.number, card]))

/** The issuer range that the processor publishes its test cards in: no bank issues from it. */
const TEST_RANGE = /^424242\d{10}$/

/** Spaces and dashes do not matter. Any well-formed number of the test range is accepted, so that many demo buyers can each have a card of their own. */
export function testCard(number: string): TestCard | null {
  const digits = number.replaceAll(/[ -]/g, '')
  const known = byNumber.get(digits)
  if (known !== undefined || !TEST_RANGE.test(digits) || !luhn(digits)) return known ?? null
  return { number: digits, brand: 'visa', country: US, present: 'succeed', absent: 'succeed', fr: 'Acceptée', en: 'Accepted' }
}

export function luhn(number: string): boolean {
  const digits = Array.from(number.replaceAll(/[ -]/g, ''), Number).toReversed()
  const sum = digits.reduce((total, digit, i) => total + (i % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0)), 0)
  return digits.length >= 12 && digits.length <= 19 && sum % 10 === 0
}
