import { reloading } from '#db/client.ts'
import { stamSessions, weoktoSessions } from '#db/schema/all.ts'
import { communityPath } from '#domain/community/community-path.ts'
import { AppError } from '#domain/error.ts'
import { ENTER_HOURS } from '#domain/selling/checkout.ts'
import type { Ctx } from '#api/context.ts'
import { addressProven } from '#api/identity/session/address-proven.ts'
import { endPrevious } from '#api/identity/session/end-previous.ts'
import { newSession, type NewSession } from '#api/identity/session/new-session.ts'
import { drainSoon } from '#api/outbox/drain-once.ts'
import { assertBuyer } from './buyer.ts'
import { loadCheckout, type OwnCheckout } from './load-checkout.ts'

type Entering = OwnCheckout & { oldToken: string | null }
type Entered = { token: string | null; path: string }

/**
 * Right after paying: the buyer is in, in the same tab. An address that was proven gets an ordinary session; a new one a session that opens
 * this purchase alone, until the address is confirmed, by whomever: from then on the code is asked for here too. Either is as fresh as that
 * proof: entering proves nothing anew. Two browsers that enter under one address at once end each other's sessions, and one of them begins again.
 */
export function enterPurchase(ctx: Ctx, input: Entering): Promise<Entered> {
  return reloading(() => enterOnce(ctx, input))
}

async function enterOnce(ctx: Ctx, input: Entering): Promise<Entered> {
  const loaded = await loadCheckout(ctx, input)
  const { checkout, community, user, customer } = loaded
  const { customerId, emailProvenAt } = checkout
  const userId = ctx.platform === 'WEOKTO' ? customer?.weoktoUserId : user?.id
  if (checkout.state !== 'PAID' || !customerId || !userId) throw new AppError('checkout_out_of_step')
  const path = communityPath(ctx.platform, community.slug)
  const { actor } = ctx
  const scope = actor.kind === 'user' && actor.userId === userId ? actor.scopeCustomerId : undefined
  if (scope === null) return { token: null, path }
  assertBuyer(loaded)
  if (emailProvenAt === null && scope === customerId) return { token: null, path }
  if (ctx.now.getTime() - (checkout.orderedAt ?? checkout.createdAt).getTime() > ENTER_HOURS * 3_600_000) throw new AppError('unauthorized')
  const session = await newSession(ctx, userId, emailProvenAt ? null : customerId)
  session.row.authenticatedAt = emailProvenAt ?? checkout.createdAt
  await writeSession(ctx, session, input.oldToken, checkout)
  return { token: session.token, path }
}

async function writeSession(
  ctx: Ctx,
  { row: { scopeCustomerId, ...row } }: NewSession,
  oldToken: string | null,
  { email, browserHash }: { email: string; browserHash: string | null },
): Promise<void> {
  const { db } = ctx
  await db.batch([
    ctx.platform === 'WEOKTO' ? db.insert(weoktoSessions).values(row) : db.insert(stamSessions).values({ ...row, scopeCustomerId }),
    // This browser's own first: its windows come back with the new session, those of other browsers do not.
    ...(await endPrevious(ctx, oldToken)),
    ...(scopeCustomerId ? [] : addressProven(ctx, email, browserHash)),
  ])
  drainSoon(ctx)
}
