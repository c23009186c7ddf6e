import { integer, pgTable, text } from 'drizzle-orm/pg-core'
import { citext, fkey, idColumn, indexOn, instant, instantNow, uniqueOn } from './columns.ts'

/** What is to be sent, written in the transaction that causes it. `payload` is sealed when it holds a secret. */
export const outbox = pgTable(
  'outbox',
  {
    id: idColumn(),
    kind: text().notNull(),
    payload: text().notNull(),
    /** The row of kind `batch` that holds what this one's mails say: from then on that row alone is tried. */
    batchId: text(),
    dedupeKey: text().notNull(),
    attempts: integer().notNull().default(0),
    nextAttemptAt: instant().notNull(),
    lockedUntil: instant(),
    sentAt: instant(),
    failedAt: instant(),
    /** Since when it is not sent because of the mark on which address: a receipt waits until that is gone, a code is given up. */
    withheldAt: instant(),
    withheldFor: citext(),
    lastError: text(),
    createdAt: instantNow(),
  },
  (t) => [uniqueOn(t.dedupeKey), indexOn(t.sentAt, t.failedAt, t.nextAttemptAt), indexOn(t.batchId), fkey(t.batchId, () => t.id)],
)
