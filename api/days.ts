import { sql, type AnyColumn, type SQL } from 'drizzle-orm'
import * as z from 'zod/mini'
import { readDays, spanOf, type Days } from '#domain/base/paris.ts'

/** Days of Paris that a list is narrowed to, « 2026-03-03..2026-04-01 ». */
export const daysInput = z.string().check(
  z.maxLength(22),
  z.refine((text) => readDays(text) !== null),
)

/** Rows whose instant lies within some days of Paris; all of them without any. */
export function withinDays(instant: AnyColumn | SQL, text: string | undefined): SQL | undefined {
  const days = readDays(text)
  return days === null ? undefined : within(instant, days)
}

export function within(instant: AnyColumn | SQL, days: Days): SQL {
  const [begin, end] = spanOf(days).map((at) => sql`${at.toISOString()}::timestamp(3)`)
  return sql`(${instant} >= ${begin} and ${instant} < ${end})`
}

/** The same of a column that holds the day itself. */
export function onDays(day: AnyColumn, { from, to }: Days): SQL {
  return sql`${day} between ${from}::date and ${to}::date`
}
