import { sql, type SQL } from 'drizzle-orm'
import { PARIS } from '#domain/base/paris.ts'

// Written into the text and not sent beside it: what is grouped by must be the same expression in every place.
const zone = sql.raw(`'${PARIS}'`)

/** The wall clock of Paris at an instant, which is stored in UTC. */
const wallClock = (instant: SQL): SQL => sql`${instant} at time zone 'UTC' at time zone ${zone}`

/** `parisDay` of the domain in SQL, as a date; `paris.test.ts` holds the two together, here and below. */
export const parisDate = (instant: SQL): SQL<string> => sql`(${wallClock(instant)})::date`

/** The same as text, as the program counts days: 2026-03-29. */
export const parisDayText = (instant: SQL): SQL<string> => sql`to_char(${wallClock(instant)}, 'YYYY-MM-DD')`

/** The month in Paris that an instant lies in: 2026-03. */
export const parisMonthText = (instant: SQL): SQL<string> => sql`to_char(${wallClock(instant)}, 'YYYY-MM')`

/** The instant, in UTC, at which a date begins in Paris: `startOfParisDay` of the domain. */
export const startOfParisDate = (date: SQL): SQL => sql`((${date})::timestamp at time zone ${zone} at time zone 'UTC')`
