import { DAY_MS, HOUR_MS } from './time.ts'

/** The calendar of competitions and statistics. */
export const PARIS = 'Europe/Paris'

/** A calendar day, "2026-03-29". */
export type Day = string

const PARTS = new Intl.DateTimeFormat('en-GB', {
  timeZone: PARIS,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

/** The day in Paris at an instant. */
export function parisDay(at: Date): Day {
  const { year, month, day } = wallClock(at)
  return `${year}-${month}-${day}`
}

/** The instant at which a day begins in Paris. Clocks there never change at midnight, so each day has exactly one. Throws RangeError for no such day. */
export function startOfParisDay(day: Day): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`)
  if (!Number.isFinite(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day) throw new RangeError(`no such day: ${day}`)
  // Paris is one or two hours ahead of UTC, so its midnight is one of these two instants.
  const summer = new Date(midnight - 2 * HOUR_MS)
  return offsetMs(summer) === 2 * HOUR_MS ? summer : new Date(midnight - HOUR_MS)
}

/** The calendar day `count` days after another. */
export function addCalendarDays(day: Day, count: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10)
}

/**
 * 1 for Monday … 7 for Sunday.
 *
 * @waitsFor competitions
 */
export function weekdayOf(day: Day): number {
  return ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1
}

function wallClock(at: Date): Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', string> {
  const parts = new Map(PARTS.formatToParts(at).map(({ type, value }) => [type, value]))
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? ''
  return {
    year: part('year').padStart(4, '0'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
  }
}

/** How far Paris is ahead of UTC at an instant. */
function offsetMs(at: Date): number {
  const { year, month, day, hour, minute, second } = wallClock(at)
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) - Math.floor(at.getTime() / 1000) * 1000
}

/** `count` consecutive days that end with `last`, oldest first. Reckoned on dates alone, so a change of clocks adds or loses none. */
export function daysUpTo(last: string, count: number): string[] {
  const end = Date.parse(`${last}T00:00:00Z`)
  return Array.from({ length: count }, (_, n) => new Date(end - (count - 1 - n) * DAY_MS).toISOString().slice(0, 10))
}

/** Days of Paris, both included. */
export type Days = { readonly from: Day; readonly to: Day }

/** Years that people and databases agree on. */
const DAYS = /^((?:19|20)\d\d-\d\d-\d\d)\.\.((?:19|20)\d\d-\d\d-\d\d)$/

/** Some days as one key of an address holds them: « 2026-03-03..2026-04-01 ». */
export function daysText({ from, to }: Days): string {
  return `${from}..${to}`
}

/** The days that such a text means; null when it means none. */
export function readDays(text: unknown): Days | null {
  const [, from = '', to = ''] = (typeof text === 'string' && DAYS.exec(text)) || []
  return isDay(from) && isDay(to) && from <= to ? { from, to } : null
}

/** The first instant of some days and the first after them. */
export function spanOf({ from, to }: Days): readonly [begin: Date, end: Date] {
  return [startOfParisDay(from), startOfParisDay(addCalendarDays(to, 1))]
}

function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`)
  return Number.isFinite(at) && new Date(at).toISOString().slice(0, 10) === text
}
