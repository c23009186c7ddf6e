import { eq } from 'drizzle-orm'
import { stamSessions, weoktoSessions } from '#db/schema/all.ts'
import type { Ctx } from '#api/context.ts'
import { sha256Hex } from '#api/crypto.ts'
import { closeCheckoutsHere } from '#api/identity/session/close-checkouts.ts'
import { endSessions } from '#api/identity/session/close-sockets.ts'
import { drainSoon } from '#api/outbox/drain-once.ts'

/** Ends the session at once and closes its chat sockets. Signing out twice, or without a session, is no error. */
export async function signOut(ctx: Ctx, input: { checkoutSecret: string | null }): Promise<void> {
  const { actor } = ctx
  if (actor.kind !== 'user') return
  const table = actor.platform === 'WEOKTO' ? weoktoSessions : stamSessions
  const browserHash = input.checkoutSecret ? await sha256Hex(input.checkoutSecret) : null
  await ctx.db.batch([
    endSessions(ctx, actor.platform, eq(table.id, actor.sessionId)),
    ...(browserHash ? [closeCheckoutsHere(ctx, actor, browserHash)] : []),
  ])
  drainSoon(ctx)
}
