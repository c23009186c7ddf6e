import { and, ne, sql } from 'drizzle-orm'
import { stamSessions, weoktoSessions } from '#db/schema/all.ts'
import { requireFresh, requireUser } from '#api/authorize.ts'
import type { Ctx } from '#api/context.ts'
import { sha256Hex } from '#api/crypto.ts'
import { drainSoon } from '#api/outbox/drain-once.ts'
import { closeCheckoutsElsewhere } from './close-checkouts.ts'
import { endSessions } from './close-sockets.ts'
import { ownSessions } from './own-sessions.ts'

/**
 * Ends every session of one's own but the one that asks, with their chat sockets and what other browsers had begun to buy. It asks for a fresh sign-in,
 * so that nobody throws a person out of their own browsers from one that was left open. With no other session it changes nothing and is no error.
 */
export async function endOtherSessions(ctx: Ctx, input: { checkoutSecret: string | null }): Promise<{ ended: true }> {
  const actor = requireUser(ctx)
  requireFresh(ctx, actor)
  const table = actor.platform === 'WEOKTO' ? weoktoSessions : stamSessions
  const others = and(ne(table.id, actor.sessionId), ...ownSessions(actor)) ?? sql`false`
  const own = input.checkoutSecret ? await sha256Hex(input.checkoutSecret) : null
  await ctx.db.batch([endSessions(ctx, actor.platform, others), closeCheckoutsElsewhere(ctx, actor, own)])
  drainSoon(ctx)
  return { ended: true }
}
