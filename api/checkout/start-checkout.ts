import { and, eq } from 'drizzle-orm'
import type * as z from 'zod/mini'
import { checkoutSessions, customers, stamUsers } from '#db/schema/all.ts'
import { mayBuy, type StartCheckout } from '#domain/checkout.ts'
import { AppError } from '#domain/error.ts'
import { vatBps } from '#domain/policy.ts'
import { addDays } from '#domain/time.ts'
import { SENDS_PER_EMAIL_HOUR, SENDS_PER_NETWORK_HOUR } from '#domain/sign-in.ts'
import type { Ctx } from '#api/context.ts'
import { sha256Hex } from '#api/http/secrets.ts'
import { drainSoon } from '#api/outbox/drain-outbox.ts'
import { visitorHash } from '#api/session/new-session.ts'
import { issueLink } from '#api/sign-in/issue-link.ts'
import { countOrRefuse } from '#api/sign-in/limit.ts'
import { readClaim } from './read-claim.ts'
import { assertOfferOnSale, offerQuery, policyOf, policyQuery } from './offer.ts'

export interface StartCheckoutInput extends z.infer<typeof StartCheckout> {
  browserSecret: string
  /** The click token of the consent cookie, when there is one. */
  cookieToken: string | null
}

const STARTS_PER_NETWORK_HOUR = 600

/** Opens a checkout of half an hour for this browser. An address that somebody already uses is asked for the code mailed to it. */
export async function startCheckout(ctx: Ctx, input: StartCheckoutInput): Promise<{ id: string }> {
  const { actor } = ctx
  const signedIn = actor.kind === 'user' && actor.scopeCustomerId === null ? actor : null
  const email = signedIn?.email ?? input.email
  if (!email) throw new AppError('invalid_input', undefined, { email: '' })
  await countOrRefuse(ctx, [{ key: `checkout-from:${ctx.client.ip ?? 'unknown'}`, most: STARTS_PER_NETWORK_HOUR }])
  const { offer, owned, user, policy } = await load(ctx, input.buttonKey, email)
  assertOfferOnSale(offer, policy, ctx.now)
  // Whether an address owns something is told only to somebody who has shown that it is theirs.
  if (signedIn && owned && !mayBuy(owned.status)) throw new AppError('already_owned')
  const known = user !== null && (user.emailVerifiedAt !== null || user.hasBought)
  // A guild tier makes its buyer a member under the WEOKTO account of that address, so there it is proven first, new or not.
  const mustProve = (known || ctx.platform === 'WEOKTO') && !signedIn
  const attribution = await readClaim(ctx, [input.ck, input.cookieToken])
  const id = ctx.newId()
  const row = {
    id,
    platform: ctx.platform,
    buttonId: offer.button.id,
    productId: offer.product.id,
    planId: offer.plan.id,
    email,
    country: input.country,
    locale: ctx.locale,
    browserHash: await sha256Hex(input.browserSecret),
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
  await countOrRefuse(ctx, [
    { key: `send:${ctx.platform}:${email}`, most: SENDS_PER_EMAIL_HOUR },
    { key: `send-from:${ctx.client.ip ?? 'unknown'}`, most: SENDS_PER_NETWORK_HOUR },
  ])
  const [link, mail] = await issueLink(ctx, { email, purpose: 'checkout', nextPath: `/checkout/${id}`, browserSecret: input.browserSecret })
  await ctx.db.batch([ctx.db.insert(checkoutSessions).values(row), link, mail])
  drainSoon(ctx)
  return { id }
}

async function load(ctx: Ctx, buttonKey: string, email: string) {
  const [offers, policies, people] = await ctx.db.batch([
    offerQuery(ctx, buttonKey),
    policyQuery(ctx),
    ctx.db
      .select({
        emailVerifiedAt: stamUsers.emailVerifiedAt,
        bannedAt: stamUsers.bannedAt,
        productId: customers.productId,
        status: customers.status,
      })
      .from(stamUsers)
      .leftJoin(customers, and(eq(customers.stamUserId, stamUsers.id)))
      .where(eq(stamUsers.email, email))
      .limit(200),
  ])
  const offer = offers[0]
  const [first] = people
  const owned = people.find((row) => row.productId === offer?.product.id) ?? null
  const hasBought = people.some((row) => row.status !== null && row.status !== 'INCOMPLETE')
  return { offer, owned, policy: policyOf(policies[0]), user: first ? { emailVerifiedAt: first.emailVerifiedAt, hasBought } : null }
}
