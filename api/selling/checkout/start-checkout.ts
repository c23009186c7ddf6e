import { and, eq, sql } from 'drizzle-orm'
import type * as z from 'zod/mini'
import { checkoutSessions, customers, manualPaymentButtons, stamUsers } from '#db/schema/all.ts'
import { vatBps } from '#domain/base/vat.ts'
import { addDays } from '#domain/base/time.ts'
import { assertMayBegin, isForReturning } from '#domain/catalogue/plan.ts'
import { AppError } from '#domain/error.ts'
import { mayBuy, type StartCheckout } from '#domain/selling/checkout.ts'
import type { Ctx } from '#api/context.ts'
import { sha256Hex } from '#api/crypto.ts'
import { isBanned, isKnown } from '#api/identity/person/known-address.ts'
import { visitorHash } from '#api/identity/session/new-session.ts'
import { countMail } from '#api/identity/sign-in/count-mail.ts'
import { issueLink } from '#api/identity/sign-in/issue-link.ts'
import { drainSoon } from '#api/outbox/drain-once.ts'
import { policyOf, selectPolicy } from '#api/policy.ts'
import { countOrRefuse } from '#api/rate-limit.ts'
import { isAskedInPassing } from './asked-in-passing.ts'
import { readClaim } from './read-claim.ts'
import { assertOfferOnSale, selectOffer } from './offer.ts'

export interface StartCheckoutInput extends z.infer<typeof StartCheckout> {
  browserSecret: string
  /** The click token of the consent cookie, when there is one. */
  cookieToken: string | null
}

const STARTS_PER_NETWORK_HOUR = 600

/**
 * Opens a checkout of half an hour for this browser. An address that somebody already uses is asked for the code mailed to it, and one new address
 * in so many as well, so that being asked tells nothing about it.
 */
export async function startCheckout(ctx: Ctx, input: StartCheckoutInput): Promise<{ id: string }> {
  const { actor } = ctx
  const signedIn = actor.kind === 'user' && actor.scopeCustomerId === null ? actor : null
  const email = signedIn?.email ?? input.email
  if (!email) throw new AppError('invalid_input', undefined, { email: '' })
  await countOrRefuse(ctx, [{ key: `checkout-from:${ctx.client.ip ?? 'unknown'}`, most: STARTS_PER_NETWORK_HOUR }])
  const { offer, owned, address, policy } = await load(ctx, input.buttonKey, email)
  assertOfferOnSale(offer, policy, ctx.now)
  // What is known of an address is told only to somebody who has shown that it is theirs.
  if (signedIn && address.isBanned) throw new AppError('banned')
  if (signedIn && owned && !mayBuy(owned.status)) throw new AppError('already_owned')
  if (signedIn) assertMayBegin(offer, owned)
  // A guild tier makes its buyer a member under the WEOKTO account of that address, so there it is proven first, new or not.
  // What only former clients may buy is asked of everybody alike, and told when the address is proven.
  const mustProve =
    !signedIn &&
    (address.isKnown ||
      ctx.platform === 'WEOKTO' ||
      isForReturning(offer) ||
      (await isAskedInPassing(ctx.config.CODE_SECRET, email, policy.checkout.codeForOneIn)))
  const attribution = await readClaim(ctx, [input.ck, input.cookieToken])
  const id = ctx.newId()
  const browserHash = await sha256Hex(input.browserSecret)
  const row = {
    id,
    platform: ctx.platform,
    buttonId: offer.button.id,
    productId: offer.product.id,
    planId: offer.plan.id,
    email,
    country: input.country,
    locale: ctx.locale,
    browserHash,
    state: mustProve ? ('IDENTIFY' as const) : ('CARD' as const),
    emailProvenAt: signedIn?.authenticatedAt ?? null,
    clickToken: null,
    attribution,
    visitorHash: await visitorHash(ctx),
    // Who was here shortly before midnight, when the marks change, is the same visitor.
    visitorHashBefore: await visitorHash({ ...ctx, now: addDays(ctx.now, -1) }),
    ipCountry: ctx.client.country,
    expiresAt: new Date(ctx.now.getTime() + policy.checkout.minutes * 60_000),
    createdAt: ctx.now,
    updatedAt: ctx.now,
    consents: { taxRateBps: vatBps(policy, input.country) },
  }
  if (!mustProve) {
    await ctx.db.insert(checkoutSessions).values(row)
    return { id }
  }
  await countMail(ctx, email)
  const [link, mail] = await issueLink(ctx, { email, purpose: 'checkout', nextPath: `/checkout/${id}`, browserHash })
  await ctx.db.batch([ctx.db.insert(checkoutSessions).values(row), link, mail])
  drainSoon(ctx)
  return { id }
}

async function load(ctx: Ctx, buttonKey: string, email: string) {
  const [offers, policies, owned, addresses] = await ctx.db.batch([
    selectOffer(ctx, buttonKey),
    selectPolicy(ctx),
    ctx.db
      .select({ status: customers.status, trialUsedAt: customers.trialUsedAt })
      .from(customers)
      .innerJoin(stamUsers, eq(stamUsers.id, customers.stamUserId))
      .innerJoin(manualPaymentButtons, eq(manualPaymentButtons.productId, customers.productId))
      .where(and(eq(stamUsers.email, email), eq(manualPaymentButtons.buttonKey, buttonKey)))
      .limit(1),
    ctx.db.execute<{ isKnown: boolean; isBanned: boolean }>(
      sql`select ${isKnown(email)} as "isKnown", ${isBanned(email, ctx.platform)} as "isBanned"`,
    ),
  ])
  const address = addresses.rows[0] ?? { isKnown: true, isBanned: false }
  return { offer: offers[0], owned: owned[0] ?? null, policy: policyOf(policies[0]), address }
}
