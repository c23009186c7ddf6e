import { integer, pgTable, text, type AnyPgColumn } from 'drizzle-orm/pg-core'
import { fkey, instant } from './columns.ts'
import { weoktoUsers } from './person.ts'

/**
 * What the owner keeps in mind about an affiliate. A table of its own, so that no row that is read for anybody else carries it. A note that is taken
 * away leaves its row with an empty `note`: the version goes on counting, and no older page can be taken for the newest.
 */
export const affiliateNotes = pgTable(
  'affiliate_notes',
  {
    affiliateId: text().primaryKey(),
    note: text(),
    version: integer().notNull(),
    writtenBy: text(),
    writtenAt: instant().notNull(),
  },
  (t) => [fkey(t.affiliateId, (): AnyPgColumn => weoktoUsers.id, 'cascade'), fkey(t.writtenBy, (): AnyPgColumn => weoktoUsers.id)],
)
