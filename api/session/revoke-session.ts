import { and, eq } from 'drizzle-orm'
import { stamSessions, weoktoSessions } from '#db/schema/all.ts'
import { AppError } from '#domain/error.ts'
import { closeSessionSockets } from '#api/chat/close-sockets.ts'
import type { Ctx } from '#api/context.ts'
import { requireUser } from '#api/http/require.ts'

/** Ends one of one's own sessions; somebody else's id is simply not found. */
export async function revokeSession(ctx: Ctx, input: { id: string }): Promise<{ revoked: true }> {
  const actor = requireUser(ctx)
  const table = actor.platform === 'WEOKTO' ? weoktoSessions : stamSessions
  const gone = await ctx.db.delete(table).where(and(eq(table.id, input.id), eq(table.userId, actor.userId))).returning({ id: table.id })
  if (gone.length === 0) throw new AppError('not_found')
  ctx.runtime.waitUntil(closeSessionSockets(ctx, actor, input.id))
  return { revoked: true }
}
