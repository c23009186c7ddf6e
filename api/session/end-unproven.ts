import { and, eq, isNotNull, sql, type SQL } from 'drizzle-orm'
import { stamSessions } from '#db/schema/all.ts'
import { endSessions } from '#api/chat/close-sockets.ts'
import type { Ctx } from '#api/context.ts'

/**
 * Once somebody has shown that an address is theirs, browsers that bought under it without showing so are out: what its owner buys or pays from
 * now on must not open to whoever typed their address first. `drainSoon` after the batch shuts their chats.
 */
export function endUnproven(ctx: Pick<Ctx, 'db' | 'now' | 'newId'>, userId: string | SQL<string>) {
  return endSessions(ctx, 'STAM', and(eq(stamSessions.userId, userId), isNotNull(stamSessions.scopeCustomerId)) ?? sql`false`)
}
