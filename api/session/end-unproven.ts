import { and, eq, isNotNull, type SQL } from 'drizzle-orm'
import type { Db } from '#db/client.ts'
import { stamSessions } from '#db/schema/all.ts'

/**
 * Once somebody has shown that an address is theirs, browsers that bought under it without showing so are out: what its owner buys or pays from
 * now on must not open to whoever typed their address first.
 */
export function endUnproven(db: Db, userId: string | SQL<string>) {
  return db.delete(stamSessions).where(and(eq(stamSessions.userId, userId), isNotNull(stamSessions.scopeCustomerId)))
}
