/** First digits of a network (as a range over that many digits) and the lengths its numbers have. */
export type CardRange = { readonly from: string; readonly to: string; readonly min: number; readonly max: number }

const range = (from: string, to: string, min: number, max = min): CardRange => ({ from, to, min, max })

/**
 * The issuer ranges that networks publish (ISO/IEC 7812 ranges as listed by the networks themselves). Lengths are kept
 * narrow on purpose: they are what keeps telephone numbers, dates and advertising ids from looking like cards. Cards of
 * thirteen digits are no longer issued and are not looked for.
 */
export const CARD_RANGES: readonly CardRange[] = [
  range('4', '4', 16),
  range('4', '4', 19),
  range('51', '55', 16),
  range('2221', '2720', 16),
  range('34', '34', 15),
  range('37', '37', 15),
  range('300', '305', 14, 19),
  range('3095', '3095', 14, 19),
  range('36', '36', 14, 19),
  range('38', '39', 14, 19),
  range('6011', '6011', 16, 19),
  range('644', '649', 16, 19),
  range('65', '65', 16, 19),
  range('3528', '3589', 16, 19),
  range('62', '62', 16, 19),
  range('8171', '8171', 16, 19),
  range('2200', '2204', 16, 19),
  range('5018', '5020', 14, 19),
  range('5038', '5038', 14, 19),
  range('5612', '5612', 14, 19),
  range('5893', '5893', 14, 19),
  range('6304', '6304', 14, 19),
  range('6759', '6759', 14, 19),
  range('6761', '6763', 14, 19),
  range('506099', '506198', 16, 19),
  range('636', '636', 16, 19),
  range('60', '60', 16),
  range('81', '82', 16),
  range('508', '508', 16),
  range('9792', '9792', 16),
]

/** Whether a string of digits starts like a card of a known network and has a length that network uses. */
export function hasCardRange(digits: string): boolean {
  return CARD_RANGES.some(({ from, to, min, max }) => {
    const head = digits.slice(0, from.length)
    return digits.length >= min && digits.length <= max && head >= from && head <= to
  })
}

/** The checksum of ISO/IEC 7812-1: every second digit from the right is doubled, and the sum is a multiple of ten. */
export function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits[digits.length - 1 - place])
    const doubled = place % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}
