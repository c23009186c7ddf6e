import { eq } from 'drizzle-orm'
import { stamSessions, weoktoSessions } from '#db/schema/all.ts'
import { AppError } from '#domain/error.ts'
import type { Ctx } from '#api/context.ts'
import { sha256Hex } from '#api/http/secrets.ts'
import { endUnproven } from '#api/session/end-unproven.ts'
import { newSession, type NewSession } from '#api/session/new-session.ts'
import { entrancePath } from './entrance.ts'
import { loadCheckout, type OwnCheckout } from './load-checkout.ts'

/** How long after paying this browser may still be let in by its checkout cookie. */
const ENTER_HOURS = 24

/**
 * Right after paying: the buyer is in, in the same tab. An address that was proven gets an ordinary session; a new one a session that opens
 * this purchase alone, until the address is confirmed. Either is as fresh as that proof: entering proves nothing anew.
 */
export async function enterPurchase(
  ctx: Ctx,
  input: OwnCheckout & { oldToken: string | null },
): Promise<{ token: string | null; path: string }> {
  const { checkout, community, user, customer } = await loadCheckout(ctx, input)
  const { customerId, emailProvenAt } = checkout
  const userId = ctx.platform === 'WEOKTO' ? customer?.weoktoUserId : user?.id
  if (checkout.state !== 'PAID' || !customerId || !userId) throw new AppError('checkout_out_of_step')
  const path = entrancePath(ctx.platform, community.slug)
  const { actor } = ctx
  const already =
    actor.kind === 'user' &&
    actor.userId === userId &&
    (actor.scopeCustomerId === null || (emailProvenAt === null && actor.scopeCustomerId === customerId))
  if (already) return { token: null, path }
  if (ctx.now.getTime() - (checkout.orderedAt ?? checkout.createdAt).getTime() > ENTER_HOURS * 3_600_000) throw new AppError('unauthorized')
  const session = await newSession(ctx, userId, emailProvenAt ? null : customerId)
  session.row.authenticatedAt = emailProvenAt ?? checkout.createdAt
  await writeSession(ctx, session, input.oldToken)
  return { token: session.token, path }
}

async function writeSession(ctx: Ctx, { row: { scopeCustomerId, ...row } }: NewSession, oldToken: string | null): Promise<void> {
  const { db } = ctx
  const oldHash = oldToken ? await sha256Hex(oldToken) : ''
  if (ctx.platform === 'WEOKTO') {
    await db.batch([db.insert(weoktoSessions).values(row), db.delete(weoktoSessions).where(eq(weoktoSessions.token, oldHash))])
    return
  }
  await db.batch([
    db.insert(stamSessions).values({ ...row, scopeCustomerId }),
    db.delete(stamSessions).where(eq(stamSessions.token, oldHash)),
    ...(scopeCustomerId ? [] : [endUnproven(db, row.userId)]),
  ])
}
