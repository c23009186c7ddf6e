import { boolean, integer, jsonb, pgTable, primaryKey, text, type AnyPgColumn } from 'drizzle-orm/pg-core'
import { fkey, idColumn, indexOn, instant, instantNow, uniqueOn } from './columns.ts'
import { platform } from './enums.ts'
import { weoktoUsers } from './identity.ts'

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

/** What is to be sent, written in the transaction that causes it. `payload` is sealed when it holds a secret. */
export const outbox = pgTable(
  'outbox',
  {
    id: idColumn(),
    kind: text().notNull(),
    payload: text().notNull(),
    dedupeKey: text().notNull(),
    attempts: integer().notNull().default(0),
    nextAttemptAt: instant().notNull(),
    lockedUntil: instant(),
    sentAt: instant(),
    failedAt: instant(),
    lastError: text(),
    createdAt: instantNow(),
  },
  (t) => [uniqueOn(t.dedupeKey), indexOn(t.sentAt, t.failedAt, t.nextAttemptAt)],
)

/** Every action of the staff: who, what, before, after, and why. `actorId` is null when a job did it. */
export const auditLog = pgTable(
  'audit_log',
  {
    id: idColumn(),
    actorId: text(),
    actorRole: text().notNull(),
    action: text().notNull(),
    targetType: text().notNull(),
    targetId: text().notNull(),
    before: jsonb().$type<unknown>(),
    after: jsonb().$type<unknown>(),
    reason: text(),
    ip: text(),
    createdAt: instantNow(),
  },
  (t) => [indexOn(t.targetType, t.targetId), indexOn(t.actorId, t.createdAt), indexOn(t.createdAt)],
)

/** The last run of each job. */
export const heartbeats = pgTable('heartbeats', {
  job: text().primaryKey(),
  scheduledFor: instant().notNull(),
  startedAt: instant().notNull(),
  finishedAt: instant(),
  ok: boolean().notNull().default(false),
  note: text(),
})

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
