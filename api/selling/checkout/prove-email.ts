import { and, eq, isNull } from 'drizzle-orm'
import { must, reloading } from '#db/client.ts'
import { magicLinkTokens } from '#db/schema/all.ts'
import { assertMayBegin } from '#domain/catalogue/plan.ts'
import { AppError } from '#domain/error.ts'
import { decideSignIn, TRIES_PER_NETWORK_HOUR } from '#domain/identity/sign-in.ts'
import { mayBuy } from '#domain/selling/checkout.ts'
import type { Ctx } from '#api/context.ts'
import { addressProven } from '#api/identity/session/address-proven.ts'
import { liveMails, matchCode, type LinkRow } from '#api/identity/sign-in/match-code.ts'
import { drainSoon } from '#api/outbox/drain-once.ts'
import { countOrRefuse } from '#api/rate-limit.ts'
import { asksProof } from './buyer.ts'
import { loadCheckout, type LoadedCheckout, type OwnCheckout } from './load-checkout.ts'

/** The mailed code opens the card step, or lets go on what waited for it. Only now is it said whether the product is already owned. */
export async function proveEmail(ctx: Ctx, input: OwnCheckout & { code: string }): Promise<void> {
  await countOrRefuse(ctx, [{ key: `try-from:${ctx.client.ip ?? 'unknown'}`, most: TRIES_PER_NETWORK_HOUR }])
  await reloading(async () => {
    const loaded = await loadCheckout(ctx, input)
    if (loaded.step === 'EXPIRED') throw new AppError('checkout_expired')
    if (loaded.step !== 'IDENTIFY' && !asksProof(loaded)) return
    const mail = await provenBy(ctx, loaded, input.code)
    // Told to whoever has just shown that the address is theirs, and to nobody else.
    if (loaded.address.isBanned) throw new AppError('banned')
    if (loaded.step === 'IDENTIFY') assertMayBuy(loaded)
    await ctx.db.batch([
      must(
        ctx.db,
        'code_unused',
        ctx.db
          .update(magicLinkTokens)
          .set({ usedAt: ctx.now })
          .where(and(eq(magicLinkTokens.id, mail.id), isNull(magicLinkTokens.usedAt))),
      ),
      ...addressProven(ctx, loaded.checkout.email, loaded.browserHash),
    ])
    drainSoon(ctx)
  })
}

/** The mail of this browser whose code was typed. Throws what `decideSignIn` throws. */
async function provenBy(ctx: Ctx, { checkout, browserHash }: LoadedCheckout, code: string): Promise<LinkRow> {
  const mails = await liveMails(ctx, { email: checkout.email, browserHash, purpose: 'checkout' })
  const right = mails.length > 0 ? await matchCode(ctx, mails, code) : null
  const mail = right ?? mails[0]
  decideSignIn(mail ?? null, { hasToken: false, sameBrowser: true, code: right ? 'right' : 'wrong' }, ctx.now)
  if (!mail) throw new AppError('link_expired')
  return mail
}

function assertMayBuy(loaded: LoadedCheckout): void {
  if (loaded.customer && !mayBuy(loaded.customer.status)) throw new AppError('already_owned')
  assertMayBegin(loaded, loaded.customer)
}
