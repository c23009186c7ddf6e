export const SECOND_MS = 1000
export const MINUTE_MS = 60 * SECOND_MS
export const HOUR_MS = 60 * MINUTE_MS

/** "n days" is n × 86,400 s from the instant, whatever the clocks of a country do; only competitions and statistics use calendar days. */
export const DAY_MS = 24 * HOUR_MS

/** `from` + n days of 86,400 s. */
export function addDays(from: Date, days: number): Date {
  return new Date(from.getTime() + days * DAY_MS)
}

export function addMinutes(from: Date, minutes: number): Date {
  return new Date(from.getTime() + minutes * MINUTE_MS)
}

export function addHours(from: Date, hours: number): Date {
  return new Date(from.getTime() + hours * HOUR_MS)
}

/** Whole days of 86,400 s between two instants, at least 0. */
export function wholeDaysBetween(from: Date, to: Date): number {
  return Math.max(0, Math.floor((to.getTime() - from.getTime()) / DAY_MS))
}

/** The later of two instants. */
export function laterOf(one: Date, other: Date): Date {
  return one.getTime() >= other.getTime() ? one : other
}
