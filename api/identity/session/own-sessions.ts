import { eq, type SQL } from 'drizzle-orm'
import { stamSessions, weoktoSessions } from '#db/schema/all.ts'
import type { UserActor } from '#api/context.ts'

/**
 * Which sessions somebody may see and end: all of their own account's. A browser that never proved its address knows those of its one purchase
 * only, because the account may be somebody else's.
 */
export function ownSessions(actor: UserActor): SQL[] {
  if (actor.platform === 'WEOKTO') return [eq(weoktoSessions.userId, actor.userId)]
  const own = [eq(stamSessions.userId, actor.userId)]
  return actor.scopeCustomerId === null ? own : [...own, eq(stamSessions.scopeCustomerId, actor.scopeCustomerId)]
}
