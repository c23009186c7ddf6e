import { and, eq, isNotNull, sql, type SQL } from 'drizzle-orm'
import { stamSessions } from '#db/schema/all.ts'
import type { Ctx } from '#api/context.ts'
import { endSessions } from './close-sockets.ts'

/**
 * Once somebody has shown that an address is theirs, browsers that bought under it without showing so are out: what its owner buys or pays from
 * now on must not open to whoever typed their address first. `drainSoon` after the batch shuts their chats.
 */
export function endUnproven(ctx: Pick<Ctx, 'db' | 'now' | 'newId'>, userId: string | SQL<string>) {
  return endSessions(ctx, 'STAM', and(eq(stamSessions.userId, userId), isNotNull(stamSessions.scopeCustomerId)) ?? sql`false`)
}
