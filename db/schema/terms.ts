import { pgTable, text } from 'drizzle-orm/pg-core'
import { idColumn, indexOn, instant } from './columns.ts'
import { platform } from './enums.ts'

/** Who accepted which version of which document. The user is of the platform's own table, hence no foreign key. */
export const termsAcceptances = pgTable(
  'terms_acceptances',
  {
    id: idColumn(),
    platform: platform().notNull(),
    userId: text().notNull(),
    document: text().notNull(),
    version: text().notNull(),
    acceptedAt: instant().notNull(),
    ip: text(),
    checkoutSessionId: text(),
  },
  (t) => [indexOn(t.platform, t.userId, t.document)],
)
