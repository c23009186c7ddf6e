import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import type { Db } from '#db/client.ts'
import { stamSessions, stamUsers, weoktoSessions, weoktoUsers } from '#db/schema/all.ts'
import { roleOn } from '#domain/access.ts'
import type { Platform } from '#domain/base/enums.ts'
import type { UserActor } from '#api/context.ts'

export interface LoadedSession {
  actor: UserActor
  lastSeenAt: Date | null
}

/**
 * One read: the session of this very site, alive, of a person who is not banned. The other site's token finds nothing, because each site has
 * its own table. The role is read each time, so a change of role or a ban acts on the next request.
 */
export async function loadSession(db: Db, platform: Platform, tokenHash: string, now: Date): Promise<LoadedSession | null> {
  return platform === 'WEOKTO' ? loadWeokto(db, tokenHash, now) : loadStam(db, tokenHash, now)
}

async function loadWeokto(db: Db, tokenHash: string, now: Date): Promise<LoadedSession | null> {
  const [row] = await db
    .select({
      sessionId: weoktoSessions.id,
      authenticatedAt: sql<Date>`coalesce(${weoktoSessions.authenticatedAt}, ${weoktoSessions.createdAt})`.mapWith(
        weoktoSessions.createdAt,
      ),
      lastSeenAt: weoktoSessions.lastSeenAt,
      userId: weoktoUsers.id,
      email: weoktoUsers.email,
      displayName: weoktoUsers.displayName,
      role: weoktoUsers.userType,
    })
    .from(weoktoSessions)
    .innerJoin(weoktoUsers, eq(weoktoUsers.id, weoktoSessions.userId))
    .where(and(eq(weoktoSessions.token, tokenHash), gt(weoktoSessions.expiresAt, now), isNull(weoktoUsers.bannedAt)))
    .limit(1)
  if (!row) return null
  const { lastSeenAt, role, ...person } = row
  return { actor: { kind: 'user', platform: 'WEOKTO', scopeCustomerId: null, role: roleOn('WEOKTO', role), ...person }, lastSeenAt }
}

async function loadStam(db: Db, tokenHash: string, now: Date): Promise<LoadedSession | null> {
  const [row] = await db
    .select({
      sessionId: stamSessions.id,
      authenticatedAt: sql<Date>`coalesce(${stamSessions.authenticatedAt}, ${stamSessions.createdAt})`.mapWith(stamSessions.createdAt),
      lastSeenAt: stamSessions.lastSeenAt,
      scopeCustomerId: stamSessions.scopeCustomerId,
      userId: stamUsers.id,
      email: stamUsers.email,
      displayName: stamUsers.displayName,
    })
    .from(stamSessions)
    .innerJoin(stamUsers, eq(stamUsers.id, stamSessions.userId))
    .where(and(eq(stamSessions.token, tokenHash), gt(stamSessions.expiresAt, now), isNull(stamUsers.bannedAt)))
    .limit(1)
  if (!row) return null
  const { lastSeenAt, ...person } = row
  return { actor: { kind: 'user', platform: 'STAM', role: roleOn('STAM', 'CLIENT'), ...person }, lastSeenAt }
}
