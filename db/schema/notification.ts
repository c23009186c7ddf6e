import { jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { idColumn, indexOn, instant, instantNow } from './columns.ts'
import { platform } from './enums.ts'

/** The user is of the platform's own table, hence no foreign key. */
export const notifications = pgTable(
  'notifications',
  {
    id: idColumn(),
    platform: platform().notNull(),
    userId: text().notNull(),
    kind: text().notNull(),
    payload: jsonb().$type<Record<string, unknown>>().notNull(),
    readAt: instant(),
    createdAt: instantNow(),
  },
  (t) => [indexOn(t.platform, t.userId, t.createdAt)],
)
