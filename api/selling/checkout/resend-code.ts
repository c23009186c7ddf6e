import { AppError } from '#domain/error.ts'
import type { Ctx } from '#api/context.ts'
import { countMail } from '#api/identity/sign-in/count-mail.ts'
import { issueLink } from '#api/identity/sign-in/issue-link.ts'
import { drainSoon } from '#api/outbox/drain-once.ts'
import { asksProof } from './buyer.ts'
import { loadCheckout, type OwnCheckout } from './load-checkout.ts'

/** Mails a code for a checkout that waits for one: at its beginning, or later when somebody else has shown that the address is theirs. */
export async function resendCode(ctx: Ctx, input: OwnCheckout): Promise<void> {
  const loaded = await loadCheckout(ctx, input)
  const { checkout, step, browserHash } = loaded
  if (step !== 'IDENTIFY' && (step === 'EXPIRED' || !asksProof(loaded))) throw new AppError('checkout_out_of_step')
  await countMail(ctx, checkout.email)
  await ctx.db.batch(
    await issueLink(ctx, {
      email: checkout.email,
      purpose: 'checkout',
      nextPath: `/checkout/${input.id}`,
      browserHash,
    }),
  )
  drainSoon(ctx)
}
