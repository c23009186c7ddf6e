import type { Policy } from './policy.ts'

/**
 * What of the policy anybody may read: what pages about commissions tell and reckon with. What keeps fraud away (thresholds of holds, of declined
 * cards, of clicks) and the switches of the business stay out, but the one that decides what pays.
 */
export type PublicPolicy = Pick<Policy, 'version' | 'validFrom' | 'lock' | 'age' | 'risk' | 'vat'> & {
  readonly hold: Pick<Policy['hold'], 'decideWithinDays'>
  readonly switches: Pick<Policy['switches'], 'guildPrograms'>
}

export function publicPolicy({ version, validFrom, lock, age, risk, vat, hold, switches }: Policy): PublicPolicy {
  return {
    version,
    validFrom,
    lock,
    age,
    risk,
    vat,
    hold: { decideWithinDays: hold.decideWithinDays },
    switches: { guildPrograms: switches.guildPrograms },
  }
}
