import { jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { idColumn, indexOn, instantNow } from './columns.ts'

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
