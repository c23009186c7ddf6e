import { hasCardRange, passesLuhn } from './range.ts'

export const MIN_DIGITS = 14

export const MAX_DIGITS = 19

export interface Group {
  digits: string
  /** What stands between the group before and this one; empty before the first. */
  gap: string
  isAfterPlus: boolean
}

/** Whether these groups make one number of a card. What follows a plus is a telephone number, and a SIRET has the checksum of its SIREN within. */
export function isOneCard(groups: readonly Group[]): boolean {
  const digits = groups.map((group) => group.digits).join('')
  if (digits.length < MIN_DIGITS || digits.length > MAX_DIGITS || groups[0]?.isAfterPlus === true) return false
  const isSiret = digits.length === 14 && passesLuhn(digits.slice(0, 9))
  return !isSiret && passesLuhn(digits) && hasCardRange(digits)
}
