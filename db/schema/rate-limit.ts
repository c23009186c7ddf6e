import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { indexOn, instant } from './columns.ts'

/** How often a key was used within the window that began at `windowStart`. */
export const rateLimits = pgTable(
  'rate_limits',
  {
    key: text().notNull(),
    windowStart: instant().notNull(),
    count: integer().notNull().default(0),
  },
  (t) => [primaryKey({ name: 'rate_limits_pkey', columns: [t.key, t.windowStart] }), indexOn(t.windowStart)],
)
