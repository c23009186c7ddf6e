import { eq } from 'drizzle-orm'
import { stamSessions } from '#db/schema/all.ts'
import { AppError } from '#domain/error.ts'
import type { Ctx } from '#api/context.ts'
import { sha256Hex } from '#api/http/secrets.ts'
import { newSession } from '#api/session/new-session.ts'
import { loadCheckout, type OwnCheckout } from './load-checkout.ts'

/** How long after paying this browser may still be let in by its checkout cookie. */
const ENTER_HOURS = 24

/**
 * Right after paying: the buyer is in, in the same tab. An address that was proven gets an ordinary session; a new one a session that opens
 * this purchase alone, until the address is confirmed.
 */
export async function enterPurchase(ctx: Ctx, input: OwnCheckout & { oldToken: string | null }): Promise<{ token: string | null; path: string }> {
  const { step, checkout, community, user } = await loadCheckout(ctx, input)
  if (step !== 'PAID' || !checkout.customerId || !user) throw new AppError('checkout_out_of_step')
  const path = `/c/${community.slug}`
  const { actor } = ctx
  const already = actor.kind === 'user' && actor.userId === user.id && (actor.scopeCustomerId === null || actor.scopeCustomerId === checkout.customerId)
  if (already) return { token: null, path }
  if (ctx.now.getTime() - (checkout.orderedAt ?? checkout.createdAt).getTime() > ENTER_HOURS * 3_600_000) throw new AppError('unauthorized')
  const session = await newSession(ctx, user.id, checkout.emailProvenAt ? null : checkout.customerId)
  const oldHash = input.oldToken ? await sha256Hex(input.oldToken) : ''
  await ctx.db.batch([ctx.db.insert(stamSessions).values(session.row), ctx.db.delete(stamSessions).where(eq(stamSessions.token, oldHash))])
  return { token: session.token, path }
}
