import { and, eq } from 'drizzle-orm'
import * as z from 'zod/mini'
import { customers, manualPaymentButtons, stamUsers } from '#db/schema/all.ts'
import { ownUrl, safePath } from '#domain/base/origin.ts'
import { isForReturning, orderSummary } from '#domain/catalogue/plan.ts'
import { communityPath } from '#domain/community/community-path.ts'
import { mayBuy } from '#domain/selling/checkout.ts'
import type { Config } from '#api/config.ts'
import type { Ctx } from '#api/context.ts'
import { policyOf, selectPolicy } from '#api/policy.ts'
import { assertOfferOnSale, selectOffer, type Offer } from './offer.ts'
import { viewSummary } from './summary-view.ts'

export const ButtonKeyParam = z.object({ buttonKey: z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{1,99}$/)) })

/** What a payment button sells, for anybody: shown above the first field of the checkout, priced for France until a country is chosen. */
export async function showOffer(ctx: Ctx, input: { buttonKey: string }) {
  const [offers, policies, owners] = await ctx.db.batch([
    selectOffer(ctx, input.buttonKey),
    selectPolicy(ctx),
    selectOwner(ctx, input.buttonKey),
  ])
  const policy = policyOf(policies[0])
  const offer = offers[0]
  assertOfferOnSale(offer, policy, ctx.now)
  const country = policy.vat.defaultCountry
  const summary = orderSummary(offer.plan, { country, policy, now: ctx.now, returning: isForReturning(offer), trialUsed: false })
  const isOwned = owners.some(({ status }) => !mayBuy(status))
  return { ...viewOffer(ctx, offer), isOwned, countries: Object.keys(policy.vat.ratesBps), country, summary: viewSummary(summary) }
}

/** What the product is to the person of this session. Somebody who has not shown that an address is theirs is told nothing of it. */
function selectOwner({ db, actor }: Ctx, buttonKey: string) {
  const email = actor.kind === 'user' && actor.scopeCustomerId === null ? actor.email : ''
  return db
    .select({ status: customers.status })
    .from(customers)
    .innerJoin(stamUsers, eq(stamUsers.id, customers.stamUserId))
    .innerJoin(manualPaymentButtons, eq(manualPaymentButtons.productId, customers.productId))
    .where(and(eq(stamUsers.email, email), eq(manualPaymentButtons.buttonKey, buttonKey)))
}

/** The public words of an offer. Suppliers are not named on a checkout: the operating company sells. */
export function viewOffer(
  { config }: Pick<Ctx, 'config'>,
  { button, plan, product, community }: Pick<Offer, 'button' | 'plan' | 'product' | 'community'>,
) {
  return {
    buttonKey: button.buttonKey,
    ctaText: button.ctaText,
    product: { name: product.name, shortDescription: product.shortDescription },
    plan: {
      name: plan.name,
      priceAmount: plan.priceAmount,
      currency: plan.currency,
      billingInterval: plan.billingInterval,
      trialDays: plan.trialDays,
    },
    community: { name: community.name, slug: community.slug, path: communityPath(community.platform, community.slug) },
    /** Only somebody who has had the product may buy this plan; the mailed code shows who has. */
    isForReturning: isForReturning({ product, plan }),
    successUrl: onOurSites(config, button.successUrl),
    cancelUrl: onOurSites(config, button.cancelUrl),
  }
}

/** Buttons lead on to the owner's own sites and nowhere else, whoever wrote their row. */
function onOurSites({ WEOKTO_HOSTS, STAM_HOSTS }: Config, value: string | null): string | null {
  return ownUrl(value, { WEOKTO: WEOKTO_HOSTS, STAM: STAM_HOSTS }) ?? safePath(value)
}
