import { integer, pgTable, text } from 'drizzle-orm/pg-core'
import type { Locale } from '#domain/base/enums.ts'
import { citext, idColumn, indexOn, instant, instantNow, uniqueOn } from './columns.ts'
import { platform } from './enums.ts'

/** One request to sign in. Token, code and asking browser are stored as hashes. */
export const magicLinkTokens = pgTable(
  'magic_link_tokens',
  {
    id: idColumn(),
    email: citext().notNull(),
    token: text().notNull(),
    platform: platform().notNull(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
    createdAt: instantNow(),
    codeHash: text().notNull(),
    browserHash: text().notNull(),
    tries: integer().notNull().default(0),
    locale: text().$type<Locale>().notNull().default('fr'),
    nextPath: text(),
    purpose: text().notNull().default('sign_in'),
  },
  (t) => [uniqueOn(t.token), indexOn(t.email, t.platform), indexOn(t.token)],
)
