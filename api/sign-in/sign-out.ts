import { eq } from 'drizzle-orm'
import { stamSessions, weoktoSessions } from '#db/schema/all.ts'
import { closeSessionSockets } from '#api/chat/close-sockets.ts'
import type { Ctx } from '#api/context.ts'

/** Ends the session at once and closes its chat sockets. Signing out twice, or without a session, is no error. */
export async function signOut(ctx: Ctx): Promise<void> {
  const { actor } = ctx
  if (actor.kind !== 'user') return
  if (actor.platform === 'WEOKTO') await ctx.db.delete(weoktoSessions).where(eq(weoktoSessions.id, actor.sessionId))
  else await ctx.db.delete(stamSessions).where(eq(stamSessions.id, actor.sessionId))
  ctx.runtime.waitUntil(closeSessionSockets(ctx, actor, actor.sessionId))
}
