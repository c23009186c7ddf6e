import { and, desc, eq, isNull } from 'drizzle-orm'
import { must, reloading } from '#db/client.ts'
import { checkoutSessions, magicLinkTokens, stamUsers } from '#db/schema/all.ts'
import { mayBuy } from '#domain/checkout.ts'
import { AppError } from '#domain/error.ts'
import { decideSignIn, TRIES_PER_NETWORK_HOUR } from '#domain/sign-in.ts'
import type { Ctx } from '#api/context.ts'
import { sameHash, sha256Hex } from '#api/http/secrets.ts'
import { countTry } from '#api/sign-in/count-try.ts'
import { codeHash } from '#api/sign-in/issue-link.ts'
import { countOrRefuse } from '#api/sign-in/limit.ts'
import { loadCheckout, type OwnCheckout } from './load-checkout.ts'

/** The code mailed to a known address opens the card step. Only now is it said whether the product is already owned. */
export async function proveEmail(ctx: Ctx, input: OwnCheckout & { code: string }): Promise<void> {
  await countOrRefuse(ctx, [{ key: `try-from:${ctx.client.ip ?? 'unknown'}`, most: TRIES_PER_NETWORK_HOUR }])
  await reloading(async () => {
    const loaded = await loadCheckout(ctx, input)
    if (loaded.step === 'EXPIRED') throw new AppError('checkout_expired')
    if (loaded.step !== 'IDENTIFY') return
    const link = await loadCode(ctx, loaded.checkout.email, input.browserSecret ?? '')
    if (link) await countTry(ctx, link.id)
    const right = link !== null && sameHash(await codeHash(ctx, link.id, input.code), link.codeHash ?? '')
    decideSignIn(link, { hasToken: false, sameBrowser: true, code: right ? 'right' : 'wrong' }, ctx.now)
    if (!link) throw new AppError('link_expired')
    if (loaded.customer && !mayBuy(loaded.customer.status)) throw new AppError('already_owned')
    await ctx.db.batch([
      must(
        ctx.db,
        'code_unused',
        ctx.db
          .update(magicLinkTokens)
          .set({ usedAt: ctx.now })
          .where(and(eq(magicLinkTokens.id, link.id), isNull(magicLinkTokens.usedAt))),
      ),
      ctx.db
        .update(checkoutSessions)
        .set({ state: 'CARD', emailProvenAt: ctx.now, updatedAt: ctx.now })
        .where(and(eq(checkoutSessions.id, input.id), eq(checkoutSessions.state, 'IDENTIFY'))),
      ctx.db
        .update(stamUsers)
        .set({ emailVerifiedAt: ctx.now, updatedAt: ctx.now })
        .where(and(eq(stamUsers.email, loaded.checkout.email), isNull(stamUsers.emailVerifiedAt))),
    ])
  })
}

async function loadCode(ctx: Ctx, email: string, browserSecret: string) {
  const [row] = await ctx.db
    .select()
    .from(magicLinkTokens)
    .where(
      and(
        eq(magicLinkTokens.email, email),
        eq(magicLinkTokens.platform, ctx.platform),
        eq(magicLinkTokens.purpose, 'checkout'),
        eq(magicLinkTokens.browserHash, await sha256Hex(browserSecret)),
        isNull(magicLinkTokens.usedAt),
      ),
    )
    .orderBy(desc(magicLinkTokens.createdAt))
    .limit(1)
  return row ?? null
}
