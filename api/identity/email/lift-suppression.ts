import { decideEmailState, NOTHING_KNOWN } from '#domain/identity/email-state.ts'
import type { Ctx } from '#api/context.ts'
import { inTurn } from '#api/outbox/pace.ts'
import { joinEmailState, releaseWithheld } from './statements.ts'

/**
 * Sends what an outbox row of kind `lift-suppression` promises: the provider's list forgets the address, and only then it is ours to write to again.
 * The other way round a receipt would leave first, be suppressed once more, and mark the address anew.
 */
export async function liftSuppression(ctx: Ctx, email: string): Promise<void> {
  await inTurn(ctx, () => ctx.ports.mailer.liftSuppression(email), { isMail: false })
  await ctx.db.batch([
    joinEmailState(ctx, email, decideEmailState(NOTHING_KNOWN, { kind: 'lifted', at: ctx.clock() })),
    releaseWithheld(ctx),
  ])
}
