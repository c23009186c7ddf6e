import { pgTable, text, type AnyPgColumn } from 'drizzle-orm/pg-core'
import { customers } from './customer.ts'
import { fkey, idColumn, indexOn, instant, instantNow, uniqueOn } from './columns.ts'
import { weoktoUsers, stamUsers } from './person.ts'

/** `token` holds the SHA-256 of the cookie, in hex: a copy of the database opens no session. */
const sessionColumns = () => ({
  id: idColumn(),
  userId: text().notNull(),
  token: text().notNull(),
  expiresAt: instant().notNull(),
  createdAt: instantNow(),
  lastSeenAt: instant().notNull(),
  authenticatedAt: instant().notNull(),
  ip: text(),
  userAgent: text(),
  visitorHash: text(),
})

export const weoktoSessions = pgTable('weokto_sessions', sessionColumns(), (t) => [
  uniqueOn(t.token),
  indexOn(t.userId),
  indexOn(t.token),
  fkey(t.userId, (): AnyPgColumn => weoktoUsers.id, 'cascade'),
])

/** `scopeCustomerId` limits a session to one purchase until the buyer has confirmed the e-mail. */
export const stamSessions = pgTable('stam_sessions', { ...sessionColumns(), scopeCustomerId: text() }, (t) => [
  uniqueOn(t.token),
  indexOn(t.userId),
  indexOn(t.token),
  fkey(t.userId, (): AnyPgColumn => stamUsers.id, 'cascade'),
  // Emptying the scope would widen the session to the whole account, so it goes with the purchase.
  fkey(t.scopeCustomerId, (): AnyPgColumn => customers.id, 'cascade'),
])
