import { integer, jsonb, pgTable, text, type AnyPgColumn } from 'drizzle-orm/pg-core'
import { fkey, indexOn, instant, instantNow } from './columns.ts'
import { weoktoUsers } from './person.ts'

/** The numbers of the business, one row per version. The one in force is the newest whose `validFrom` has come. */
export const policies = pgTable(
  'policies',
  {
    version: integer().primaryKey(),
    validFrom: instant().notNull(),
    json: jsonb().$type<unknown>().notNull(),
    createdBy: text(),
    createdAt: instantNow(),
    reason: text().notNull(),
  },
  (t) => [indexOn(t.validFrom), fkey(t.createdBy, (): AnyPgColumn => weoktoUsers.id)],
)
