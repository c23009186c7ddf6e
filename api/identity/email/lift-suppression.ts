import { and, eq, isNotNull } from 'drizzle-orm'
import { outbox } from '#db/schema/all.ts'
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
    // An earlier try that was given up is done with it too, and no monitor need tell of it any longer.
    ctx.db
      .update(outbox)
      .set({ sentAt: ctx.clock(), failedAt: null })
      .where(and(eq(outbox.kind, 'lift-suppression'), eq(outbox.payload, email), isNotNull(outbox.failedAt))),
  ])
}
