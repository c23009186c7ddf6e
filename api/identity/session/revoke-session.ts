import { and, eq, sql } from 'drizzle-orm'
import { dbError } from '#db/client.ts'
import { stamSessions, weoktoSessions } from '#db/schema/all.ts'
import { AppError } from '#domain/error.ts'
import { requireUser } from '#api/authorize.ts'
import type { Ctx } from '#api/context.ts'
import { sha256Hex } from '#api/crypto.ts'
import { drainSoon } from '#api/outbox/drain-once.ts'
import { endSessions } from './close-sockets.ts'
import { closeCheckoutsElsewhere } from './close-checkouts.ts'
import { ownSessions } from './own-sessions.ts'

export interface RevokeSessionInput {
  id: string
  /** The secret in this browser's checkout cookie. */
  checkoutSecret: string | null
}

/** Ends one of one's own sessions and closes its chat sockets; somebody else's id is simply not found. */
export async function revokeSession(ctx: Ctx, input: RevokeSessionInput): Promise<{ revoked: true }> {
  const actor = requireUser(ctx)
  const table = actor.platform === 'WEOKTO' ? weoktoSessions : stamSessions
  const which = and(eq(table.id, input.id), ...ownSessions(actor)) ?? sql`false`
  const end = endSessions(ctx, actor.platform, which, { exactly: { guard: 'session_own', rows: 1 } })
  // Who ends the session that they ask by keeps no checkout either.
  const own = input.checkoutSecret && input.id !== actor.sessionId ? await sha256Hex(input.checkoutSecret) : null
  try {
    await ctx.db.batch([end, closeCheckoutsElsewhere(ctx, actor, own)])
  } catch (error) {
    throw dbError(error)?.code === 'GU001' ? new AppError('not_found') : error
  }
  drainSoon(ctx)
  return { revoked: true }
}
