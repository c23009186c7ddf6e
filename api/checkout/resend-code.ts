import { AppError } from '#domain/error.ts'
import { SENDS_PER_EMAIL_HOUR, SENDS_PER_NETWORK_HOUR } from '#domain/sign-in.ts'
import type { Ctx } from '#api/context.ts'
import { drainSoon } from '#api/outbox/drain-outbox.ts'
import { issueLink } from '#api/sign-in/issue-link.ts'
import { countOrRefuse } from '#api/sign-in/limit.ts'
import { loadCheckout, type OwnCheckout } from './load-checkout.ts'

/** Mails another code for a checkout that waits for one. */
export async function resendCode(ctx: Ctx, input: OwnCheckout): Promise<void> {
  const { checkout, step } = await loadCheckout(ctx, input)
  if (step !== 'IDENTIFY') throw new AppError('checkout_out_of_step')
  await countOrRefuse(ctx, [
    { key: `send:${ctx.platform}:${checkout.email}`, most: SENDS_PER_EMAIL_HOUR },
    { key: `send-from:${ctx.client.ip ?? 'unknown'}`, most: SENDS_PER_NETWORK_HOUR },
  ])
  await ctx.db.batch(
    await issueLink(ctx, {
      email: checkout.email,
      purpose: 'checkout',
      nextPath: `/checkout/${input.id}`,
      browserSecret: input.browserSecret ?? '',
    }),
  )
  drainSoon(ctx)
}
