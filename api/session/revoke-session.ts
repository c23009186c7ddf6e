import { and, eq, inArray, sql } from 'drizzle-orm'
import { dbError } from '#db/client.ts'
import { checkoutSessions, customers, stamSessions, weoktoSessions } from '#db/schema/all.ts'
import { AppError } from '#domain/error.ts'
import { endSessions } from '#api/chat/close-sockets.ts'
import type { Ctx, UserActor } from '#api/context.ts'
import { requireUser } from '#api/http/require.ts'
import { drainSoon } from '#api/outbox/drain-outbox.ts'
import { ownSessions } from './own-sessions.ts'

/** Ends one of one's own sessions and closes its chat sockets; somebody else's id is simply not found. */
export async function revokeSession(ctx: Ctx, input: { id: string }): Promise<{ revoked: true }> {
  const actor = requireUser(ctx)
  const table = actor.platform === 'WEOKTO' ? weoktoSessions : stamSessions
  const which = and(eq(table.id, input.id), ...ownSessions(actor)) ?? sql`false`
  const end = endSessions(ctx, actor.platform, which, { exactly: { guard: 'session_own', rows: 1 } })
  try {
    await ctx.db.batch([end, closePaidCheckouts(ctx, actor)])
  } catch (error) {
    throw dbError(error)?.code === 'GU001' ? new AppError('not_found') : error
  }
  drainSoon(ctx)
  return { revoked: true }
}

/** For a day a browser is let in by the checkout that it paid in; one whose session was ended must not come back that way. */
function closePaidCheckouts({ db, now }: Ctx, actor: UserActor) {
  const owner = actor.platform === 'WEOKTO' ? eq(customers.weoktoUserId, actor.userId) : eq(customers.stamUserId, actor.userId)
  const scope = actor.scopeCustomerId === null ? undefined : eq(customers.id, actor.scopeCustomerId)
  const mine = and(owner, scope)
  const payers = db.select({ id: customers.stamUserId }).from(customers).where(mine)
  const purchases = db.select({ id: customers.id }).from(customers).where(mine)
  return db
    .update(checkoutSessions)
    .set({ browserHash: null, updatedAt: now })
    .where(
      and(
        eq(checkoutSessions.state, 'PAID'),
        inArray(checkoutSessions.stamUserId, payers),
        inArray(checkoutSessions.customerId, purchases),
      ),
    )
}
