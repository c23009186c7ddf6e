import { and, eq } from 'drizzle-orm'
import { checkoutSessions, stamSessions, weoktoSessions } from '#db/schema/all.ts'
import { endSessions } from '#api/chat/close-sockets.ts'
import type { Ctx, UserActor } from '#api/context.ts'
import { sha256Hex } from '#api/http/secrets.ts'
import { drainSoon } from '#api/outbox/drain-outbox.ts'

/** Ends the session at once and closes its chat sockets. Signing out twice, or without a session, is no error. */
export async function signOut(ctx: Ctx, input: { checkoutSecret: string | null }): Promise<void> {
  const { actor } = ctx
  if (actor.kind !== 'user') return
  const table = actor.platform === 'WEOKTO' ? weoktoSessions : stamSessions
  const browserHash = input.checkoutSecret ? await sha256Hex(input.checkoutSecret) : null
  await ctx.db.batch([
    endSessions(ctx, actor.platform, eq(table.id, actor.sessionId)),
    ...(browserHash ? [closeCheckouts(ctx, actor, browserHash)] : []),
  ])
  drainSoon(ctx)
}

/** For a day a browser is let in by the checkout that it paid in. Whoever leaves does not want that, and a copy of its cookie shall not have it. */
function closeCheckouts({ db, now }: Ctx, { email }: UserActor, browserHash: string) {
  return db
    .update(checkoutSessions)
    .set({ browserHash: null, updatedAt: now })
    .where(and(eq(checkoutSessions.email, email), eq(checkoutSessions.browserHash, browserHash)))
}
