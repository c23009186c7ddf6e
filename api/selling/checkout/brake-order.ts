import { and, eq, inArray, sql } from 'drizzle-orm'
import { checkoutSessions } from '#db/schema/all.ts'
import { addMinutes } from '#domain/base/time.ts'
import { AppError } from '#domain/error.ts'
import { CROWDED_SECONDS, decideBrake, type Allowance } from '#domain/selling/brake.ts'
import type { Ctx } from '#api/context.ts'
import { briefOf, log } from '#api/log.ts'
import { RateLimited } from '#api/rate-limit.ts'
import { loadTallies, type Counted } from './declines.ts'
import type { LoadedCheckout, OwnCheckout } from './load-checkout.ts'
import { resendCode } from './resend-code.ts'

/** After the code or the wait there is this long to go on, whatever was left of the checkout's half hour. */
const AFTERWARDS_MINUTES = 15

/** The room that an order has among the refusals of the last hour. Throws what slows it down: the mailed code, a wait with its end, or others under way. */
export async function brakeOrder(ctx: Ctx, input: OwnCheckout, loaded: LoadedCheckout, counted: Counted): Promise<Allowance> {
  const { checkout, policy } = loaded
  const brake = decideBrake(await loadTallies(ctx, counted), checkout.emailProvenAt !== null, policy, ctx.now)
  switch (brake.kind) {
    case 'go':
      return brake.room
    case 'crowded':
      throw crowded()
    case 'wait':
      await hold(ctx, loaded, { waitUntil: brake.until })
      throw new RateLimited(Math.ceil((brake.until.getTime() - ctx.now.getTime()) / 1000), 'payment_wait')
    case 'code':
      if (await hold(ctx, loaded, { state: 'IDENTIFY', emailProvenAt: null, waitUntil: brake.until })) await mailCode(ctx, input)
      throw new AppError('email_not_proven')
  }
}

export function crowded(): RateLimited {
  return new RateLimited(CROWDED_SECONDS, 'payments_crowded')
}

/** False when the checkout moved on meanwhile: the same order was pressed twice, and the other press has held it. */
async function hold(ctx: Ctx, { checkout }: LoadedCheckout, change: Partial<typeof checkoutSessions.$inferInsert>): Promise<boolean> {
  const until = addMinutes(change.waitUntil ?? ctx.now, AFTERWARDS_MINUTES).toISOString()
  const held = await ctx.db
    .update(checkoutSessions)
    .set({ ...change, expiresAt: sql`greatest(${checkoutSessions.expiresAt}, ${until}::timestamp)`, updatedAt: ctx.now })
    .where(
      and(
        eq(checkoutSessions.id, checkout.id),
        inArray(checkoutSessions.state, ['CARD', 'REVIEW']),
        eq(checkoutSessions.updatedAt, checkout.updatedAt),
      ),
    )
    .returning({ id: checkoutSessions.id })
  return held.length > 0
}

/** A code that cannot be mailed now can be asked for on the page; the order waits for it either way. */
async function mailCode(ctx: Ctx, input: OwnCheckout): Promise<void> {
  await resendCode(ctx, input).catch((error: unknown) => {
    if (!(error instanceof AppError)) log(ctx, 'code_not_mailed', { message: briefOf(error) })
  })
}
