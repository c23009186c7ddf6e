import { integer, pgTable, text, type AnyPgColumn } from 'drizzle-orm/pg-core'
import { fkey, idColumn, indexOn, instant, instantNow, uniqueOn, updatedInstant } from './columns.ts'
import { progressStatus } from './enums.ts'
import { stamUsers } from './person.ts'
import { formations, formationModules } from './formation.ts'

/** `timeSpent` is in seconds. */
export const stamProgress = pgTable(
  'stam_progress',
  {
    id: idColumn(),
    stamUserId: text().notNull(),
    formationId: text().notNull(),
    moduleId: text().notNull(),
    moduleIndex: integer().notNull(),
    timeSpent: integer().notNull().default(0),
    status: progressStatus().notNull().default('NOT_STARTED'),
    startedAt: instant(),
    completedAt: instant(),
    createdAt: instantNow(),
    updatedAt: updatedInstant(),
  },
  (t) => [
    uniqueOn(t.stamUserId, t.formationId, t.moduleIndex),
    indexOn(t.stamUserId),
    indexOn(t.formationId),
    fkey(t.stamUserId, (): AnyPgColumn => stamUsers.id),
    fkey(t.formationId, (): AnyPgColumn => formations.id),
    fkey(t.moduleId, (): AnyPgColumn => formationModules.id),
  ],
)
