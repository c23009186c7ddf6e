import { eq } from 'drizzle-orm'
import type { Db } from '#db/client.ts'
import { stamSessions, weoktoSessions } from '#db/schema/all.ts'
import type { Platform } from '#domain/enums.ts'
import { SESSION_DAYS } from './cookies.ts'

const EVERY_MS = 3_600_000

/** A session slides: each use pushes its end to 30 days from now. Written at most once an hour, after the response. */
export function isStale(lastSeenAt: Date | null, now: Date): boolean {
  return lastSeenAt === null || now.getTime() - lastSeenAt.getTime() >= EVERY_MS
}

export async function touchSession(db: Db, platform: Platform, sessionId: string, now: Date): Promise<void> {
  const values = { lastSeenAt: now, expiresAt: new Date(now.getTime() + SESSION_DAYS * 86_400_000) }
  if (platform === 'WEOKTO') await db.update(weoktoSessions).set(values).where(eq(weoktoSessions.id, sessionId))
  else await db.update(stamSessions).set(values).where(eq(stamSessions.id, sessionId))
}
