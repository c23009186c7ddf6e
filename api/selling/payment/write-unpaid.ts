import { and, eq, inArray } from 'drizzle-orm'
import { must } from '#db/client.ts'
import { checkoutSessions, paymentAttempts } from '#db/schema/all.ts'
import { OPEN_ATTEMPTS } from '#domain/selling/enums.ts'
import { type Verdict } from '#domain/selling/settlement.ts'
import type { Ctx } from '#api/context.ts'
import type { LoadedSettlement } from './load-settlement.ts'
import type { InboxWrite } from './inbox.ts'

/** After a refusal the buyer has this long to try again. */
const RETRY_MINUTES = 15
/** Asked again soon at first, then every hour. */
const SOON_MS = 5 * 60_000

/** No statement about money yet. `unknown` means that it may have moved, which nobody may call failed. */
export async function writeWait(ctx: Ctx, { attempt }: LoadedSettlement, unknown: boolean, inbox: InboxWrite): Promise<void> {
  const age = ctx.now.getTime() - attempt.createdAt.getTime()
  const nextReconcileAt = new Date(ctx.now.getTime() + (age < 3_600_000 ? SOON_MS : 3_600_000))
  await ctx.db.batch([
    ctx.db
      .update(paymentAttempts)
      .set({
        nextReconcileAt,
        updatedAt: ctx.now,
        ...(unknown && attempt.status !== 'REQUIRES_ACTION' ? { status: 'UNKNOWN' as const } : {}),
      })
      .where(and(eq(paymentAttempts.id, attempt.id), inArray(paymentAttempts.status, OPEN_ATTEMPTS))),
    ...inbox,
  ])
}

/** The buyer's bank wants to see them: the checkout sends them there. */
export async function writeAction(
  ctx: Ctx,
  { attempt }: LoadedSettlement,
  verdict: Verdict & { kind: 'action' },
  inbox: InboxWrite,
): Promise<void> {
  const { processorId, processorStatus, redirectUrl } = verdict
  await ctx.db.batch([
    must(
      ctx.db,
      'attempt_open',
      ctx.db
        .update(paymentAttempts)
        .set({
          status: 'REQUIRES_ACTION',
          processorId,
          processorStatus,
          redirectUrl,
          cardFingerprint: attempt.cardFingerprint,
          nextReconcileAt: new Date(ctx.now.getTime() + SOON_MS),
          updatedAt: ctx.now,
        })
        .where(and(eq(paymentAttempts.id, attempt.id), inArray(paymentAttempts.status, ['CREATED', 'SENT', 'UNKNOWN']))),
    ),
    ...inbox,
  ])
}

/** Refused: nothing was taken, the invoice stays PENDING and the checkout offers another try, longer than its half hour if need be. */
export async function writeDeclined(
  ctx: Ctx,
  loaded: LoadedSettlement,
  verdict: Verdict & { kind: 'declined' },
  inbox: InboxWrite,
): Promise<void> {
  await ctx.db.batch([...declinedStatements(ctx, loaded, verdict), ...inbox])
}

export function declinedStatements(ctx: Ctx, { attempt, checkout }: LoadedSettlement, verdict: Verdict & { kind: 'declined' }) {
  const { processorId, processorStatus, declineCode } = verdict
  const retryUntil = new Date(ctx.now.getTime() + RETRY_MINUTES * 60_000)
  const expiresAt = checkout && checkout.expiresAt.getTime() > retryUntil.getTime() ? checkout.expiresAt : retryUntil
  return [
    must(
      ctx.db,
      'attempt_open',
      ctx.db
        .update(paymentAttempts)
        .set({
          status: 'DECLINED',
          processorId,
          processorStatus,
          declineCode,
          redirectUrl: null,
          cardFingerprint: attempt.cardFingerprint,
          settledAt: ctx.now,
          nextReconcileAt: null,
          updatedAt: ctx.now,
        })
        .where(and(eq(paymentAttempts.id, attempt.id), inArray(paymentAttempts.status, OPEN_ATTEMPTS))),
    ),
    ctx.db
      .update(checkoutSessions)
      .set({ state: 'REVIEW', expiresAt, updatedAt: ctx.now })
      .where(and(eq(checkoutSessions.id, attempt.checkoutSessionId ?? ''), eq(checkoutSessions.state, 'PAYING'))),
  ] as const
}
