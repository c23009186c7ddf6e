import { eq } from 'drizzle-orm'
import { stamSessions, weoktoSessions } from '#db/schema/all.ts'
import { SESSION_DAYS } from '#domain/identity/sign-in.ts'
import type { Ctx } from '#api/context.ts'
import { visitorHash } from './new-session.ts'

const EVERY_MS = 3_600_000

/** A session slides: each use pushes its end to 30 days from now. Written at most once an hour and on each new day, after the response. */
export function isStale(lastSeenAt: Date | null, now: Date): boolean {
  return lastSeenAt === null || now.getTime() - lastSeenAt.getTime() >= EVERY_MS || now.getUTCDate() !== lastSeenAt.getUTCDate()
}

/** The visitor's mark rotates daily, so a session that goes on takes today's: an affiliate's own purchase is known by it. */
export async function touchSession(ctx: Ctx, sessionId: string): Promise<void> {
  const { db, now } = ctx
  const values = { lastSeenAt: now, expiresAt: new Date(now.getTime() + SESSION_DAYS * 86_400_000), visitorHash: await visitorHash(ctx) }
  if (ctx.platform === 'WEOKTO') await db.update(weoktoSessions).set(values).where(eq(weoktoSessions.id, sessionId))
  else await db.update(stamSessions).set(values).where(eq(stamSessions.id, sessionId))
}
