import { boolean, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/** The last run of each job. */
export const heartbeats = pgTable('heartbeats', {
  job: text().primaryKey(),
  /** Since when there is this job; what has never run is measured by it. */
  knownSince: instant(),
  scheduledFor: instant(),
  startedAt: instant(),
  /** When a run last ended well. */
  finishedAt: instant(),
  /** Whether the last run that ended did so well, and what it said. */
  ok: boolean().notNull().default(false),
  note: text(),
})

/** What stands still where it must not, as long as it does: each has been told to the owner once, and is told again when it is over. */
export const healthProblems = pgTable('health_problems', {
  key: text().primaryKey(),
  since: instant().notNull(),
})
