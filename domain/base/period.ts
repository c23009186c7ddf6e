import type { PlanInterval } from './enums.ts'

/** Months between two charges; null for what never renews. */
export const INTERVAL_MONTHS: Readonly<Record<PlanInterval, number | null>> = {
  ONE_TIME: null,
  MONTHLY: 1,
  QUARTERLY: 3,
  ANNUALLY: 12,
  LIFETIME: null,
}

export function isRecurring(interval: PlanInterval): boolean {
  return INTERVAL_MONTHS[interval] !== null
}

/** The day of the month on which a subscription that begins to be paid at `from` is charged, in UTC: 1 to 31. */
export function anchorDayOf(from: Date): number {
  return from.getUTCDate()
}

/** `months` later on the anchor day, or on the month's last day when it has no such day; the time of day is kept. UTC throughout (31 Jan → 28 Feb → 31 Mar). */
export function addMonths(from: Date, months: number, anchorDay: number): Date {
  const month = from.getUTCMonth() + months
  const lastDay = new Date(Date.UTC(from.getUTCFullYear(), month + 1, 0)).getUTCDate()
  const later = new Date(from)
  later.setUTCFullYear(from.getUTCFullYear(), month, Math.min(anchorDay, lastDay))
  return later
}

/** The end of the period that begins at `start`; null when the plan never renews. */
export function periodEndOf(interval: PlanInterval, start: Date, anchorDay: number): Date | null {
  const months = INTERVAL_MONTHS[interval]
  return months === null ? null : addMonths(start, months, anchorDay)
}

export type Period = { readonly start: Date; readonly end: Date }

/**
 * The period to charge at `now` for a subscription paid until `paidUntil` ≤ now: the one that `now` lies in. Periods that passed because
 * jobs stood still are not billed. Null when nothing is due yet or the plan never renews.
 *
 * @waitsFor renewals and card changes
 */
export function dueAt(interval: PlanInterval, paidUntil: Date, anchorDay: number, now: Date): Period | null {
  const months = INTERVAL_MONTHS[interval]
  if (months === null || now < paidUntil) return null
  const elapsed = (now.getUTCFullYear() - paidUntil.getUTCFullYear()) * 12 + now.getUTCMonth() - paidUntil.getUTCMonth()
  const whole = Math.max(0, Math.floor(elapsed / months))
  // The month alone says one period too many when the day or the hour has not come yet.
  const candidates = [whole, whole - 1].map((count) => addMonths(paidUntil, Math.max(0, count) * months, anchorDay))
  const start = candidates.find((candidate) => candidate <= now) ?? paidUntil
  return { start, end: addMonths(start, months, anchorDay) }
}
