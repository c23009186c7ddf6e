import { sql } from 'drizzle-orm'
import { check, integer, pgTable, text, type AnyPgColumn } from 'drizzle-orm/pg-core'
import { fkey, instant } from './columns.ts'
import { weoktoUsers } from './person.ts'

/** That the business was opened, when, and by whom: one row at most, so that of however many who bring the key together one becomes the owner. */
export const businessOpening = pgTable(
  'business_opening',
  {
    one: integer().primaryKey().default(1),
    ownerId: text(),
    openedAt: instant().notNull(),
  },
  (t) => [check('business_opening_once', sql`${t.one} = 1`), fkey(t.ownerId, (): AnyPgColumn => weoktoUsers.id)],
)
