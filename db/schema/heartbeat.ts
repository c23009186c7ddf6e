import { boolean, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/** The last run of each job. */
export const heartbeats = pgTable('heartbeats', {
  job: text().primaryKey(),
  scheduledFor: instant().notNull(),
  startedAt: instant().notNull(),
  finishedAt: instant(),
  ok: boolean().notNull().default(false),
  note: text(),
})
