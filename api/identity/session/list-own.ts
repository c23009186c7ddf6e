import { and, desc, gt } from 'drizzle-orm'
import { stamSessions, weoktoSessions } from '#db/schema/all.ts'
import { requireUser } from '#api/authorize.ts'
import type { Ctx } from '#api/context.ts'
import { ownSessions } from './own-sessions.ts'

const MOST = 100

/** The browsers in which this person is signed in on this site, newest use first. */
export async function listOwnSessions(ctx: Ctx) {
  const actor = requireUser(ctx)
  const table = actor.platform === 'WEOKTO' ? weoktoSessions : stamSessions
  const rows = await ctx.db
    .select({ id: table.id, createdAt: table.createdAt, lastSeenAt: table.lastSeenAt, userAgent: table.userAgent, ip: table.ip })
    .from(table)
    .where(and(...ownSessions(actor), gt(table.expiresAt, ctx.now)))
    .orderBy(desc(table.lastSeenAt))
    .limit(MOST)
  // Uses are noted once an hour only; the one that asks is here now.
  const sessions = rows.map((row) =>
    row.id === actor.sessionId ? { ...row, lastSeenAt: ctx.now, current: true } : { ...row, current: false },
  )
  return { sessions: sessions.toSorted((one, other) => other.lastSeenAt.getTime() - one.lastSeenAt.getTime()) }
}
