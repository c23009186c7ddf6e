import { can, isFreshSignIn, type Permission } from '#domain/access.ts'
import { AppError } from '#domain/error.ts'
import type { Ctx, UserActor } from './context.ts'

/** First line of a use-case for signed-in people. */
export function requireUser(ctx: Ctx): UserActor {
  if (ctx.actor.kind !== 'user') throw new AppError('unauthorized')
  return ctx.actor
}

/** First line of a use-case that the permission table governs. A session limited to one purchase has no permission beyond that purchase. */
export function requirePermission(ctx: Ctx, permission: Permission): UserActor {
  const actor = requireUser(ctx)
  if (actor.scopeCustomerId !== null || !can(actor.role, permission)) throw new AppError('forbidden')
  return actor
}

/** Second line of a use-case that moves money, changes roles or policy or ends sessions: one that was left open somewhere is not enough for that. */
export function requireFresh(ctx: Ctx, actor: UserActor): void {
  if (!isFreshSignIn(actor.authenticatedAt, ctx.now)) throw new AppError('fresh_sign_in_required')
}
