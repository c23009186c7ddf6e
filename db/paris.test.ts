import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parisDay, startOfParisDay } from '#domain/base/paris.ts'
import { parisDate, parisDayText, parisMonthText, startOfParisDate } from './paris.ts'
import { testDatabase, type TestDatabase } from './testing.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await testDatabase()
})
afterAll(() => t.close())

// Midnights of Paris in winter and in summer, a millisecond before and after each; both changes of the clocks; the end of a year.
const INSTANTS = [
  '2026-01-31T22:59:59.999Z',
  '2026-01-31T23:00:00.000Z',
  '2026-03-29T00:59:59.999Z',
  '2026-03-29T01:00:00.000Z',
  '2026-07-31T21:59:59.999Z',
  '2026-07-31T22:00:00.000Z',
  '2026-10-25T00:30:00.000Z',
  '2026-10-25T01:30:00.000Z',
  '2026-12-31T22:59:59.999Z',
  '2026-12-31T23:00:00.000Z',
]

test.each(INSTANTS)('the database and the rules count %s to the same day and month of Paris', async (instant) => {
  const at = sql`${instant}::timestamp`
  const { rows } = await t.db.execute<Record<'date' | 'day' | 'month' | 'start', string>>(sql`
    select ${parisDate(at)}::text as date, ${parisDayText(at)} as day, ${parisMonthText(at)} as month,
      to_char(${startOfParisDate(parisDate(at))}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as start`)
  const day = parisDay(new Date(instant))
  expect(rows).toEqual([{ date: day, day, month: day.slice(0, 7), start: startOfParisDay(day).toISOString() }])
})
