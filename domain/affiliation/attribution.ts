import type { Policy } from '#domain/base/policy.ts'
import { addDays } from '#domain/base/time.ts'
import type { AttributionSource, LockProfile } from './enums.ts'
import type { CommissionTerms } from './commission.ts'

/** What a click token says once its signature has been verified. */
export type ClickClaim = {
  readonly clickId: string
  readonly affiliateId: string
  readonly linkId: string | null
  /** The product that the link named; null for a community's landing page. */
  readonly productId: string | null
  /** The community of that product or landing page; null when the token does not say. */
  readonly communityId: string | null
  readonly clickedAt: Date
  /** The token's own end; null when it carries none. */
  readonly expiresAt: Date | null
}

/** An attribution of this person that has not been replaced, on this product or another one of its community. */
export type BoundAttribution = {
  readonly id: string
  readonly productId: string
  readonly affiliateId: string
  readonly clickId: string | null
  readonly linkId: string | null
  readonly isFreeProductAttribution: boolean
  readonly attributionExpiresAt: Date | null
  readonly replacedAt: Date | null
  readonly boundAt: Date
  /** Null on a free one whose product had no program. */
  readonly terms: CommissionTerms | null
  /** When the subscription that it follows became EXPIRED; null while it runs. */
  readonly subscriptionExpiredAt: Date | null
}

export type AttributionFacts = {
  readonly product: { readonly id: string; readonly communityId: string; readonly isFree: boolean }
  readonly program: (CommissionTerms & { readonly isActive: boolean; readonly cookieDurationDays: number }) | null
  /** The verified token of this checkout; null without one, or when it was forged. */
  readonly claim: ClickClaim | null
  /** The affiliate whose personal coupon was typed; it outranks a click. */
  readonly couponAffiliateId: string | null
  /** Everyone named by the claim, the coupon or `bound`, by id; one who is no longer an affiliate is absent. */
  readonly affiliates: Readonly<
    Record<string, { readonly isBlocked: boolean; readonly profile: LockProfile; readonly termsOverride: CommissionTerms | null }>
  >
  readonly bound: readonly BoundAttribution[]
  /** The paid product whose customer upgrades to this one; null for an ordinary purchase. */
  readonly upgradeFromProductId?: string | null
}

/** Why a token did not bind, for the note beside the sale; the sale goes through all the same. */
export type AttributionNote = 'token_expired' | 'token_foreign' | 'token_older' | 'affiliate_stopped' | 'no_program'

export type NewAttribution = {
  readonly productId: string
  readonly affiliateId: string
  readonly clickId: string | null
  readonly linkId: string | null
  readonly source: AttributionSource
  readonly attributionModel: 'last-click'
  readonly isFreeProductAttribution: boolean
  readonly attributionExpiresAt: Date | null
  readonly boundAt: Date
  readonly expiresAt: Date | null
  readonly terms: CommissionTerms | null
}

export type AttributionDecision = {
  readonly action: 'bind' | 'replace' | 'keep' | 'none'
  readonly bind: NewAttribution | null
  /** Ids that get `replacedAt` (and `replacedByEventId` when a click bound). May be filled for `none`: who came back too late is nobody's any more. */
  readonly replaces: readonly string[]
  /** The one that stays. */
  readonly keep: BoundAttribution | null
  /** Who this sale is for, and on what terms; null when nobody brought the client. */
  readonly current: { readonly affiliateId: string; readonly terms: CommissionTerms | null } | null
  readonly note: AttributionNote | null
}

/** Live = not replaced and, when it is a free one, not past its date. */
export function isLive(
  bound: Pick<BoundAttribution, 'replacedAt' | 'isFreeProductAttribution' | 'attributionExpiresAt'>,
  now: Date,
): boolean {
  if (bound.replacedAt !== null) return false
  return !bound.isFreeProductAttribution || (bound.attributionExpiresAt !== null && now < bound.attributionExpiresAt)
}

/** A paid attribution follows its client until the subscription has been EXPIRED for 30 days; who comes back later without a token was brought by nobody. */
export function followsClient(bound: BoundAttribution, policy: Policy, now: Date): boolean {
  if (!isLive(bound, now)) return false
  const endedAt = bound.subscriptionExpiredAt
  return endedAt === null || bound.isFreeProductAttribution || now < addDays(endedAt, policy.attribution.endedAfterExpiredDays)
}

/**
 * Last click, decided when somebody becomes a customer of a product (free, trial or paid): a coupon outranks a click, the newest valid
 * token wins over what is bound, else the product's own live attribution stays, else one of the same community is carried over. The terms
 * are frozen here: an affiliate's own, else the program's, else those carried from a paid product.
 */
export function decideAttribution(facts: AttributionFacts, policy: Policy, now: Date): AttributionDecision {
  const bound = facts.bound.filter((one) => followsClient(one, policy, now) && isAllowed(facts, one.affiliateId)).toSorted(byNewest)
  const own = bound.find(({ productId }) => productId === facts.product.id) ?? null
  const elsewhere = bound.filter(({ productId }) => productId !== facts.product.id)
  const replaceable = replaceableIds(facts, elsewhere)
  if (facts.couponAffiliateId !== null && isAllowed(facts, facts.couponAffiliateId) && hasProgram(facts)) {
    return decided(
      facts,
      policy,
      now,
      { source: 'coupon', affiliateId: facts.couponAffiliateId, claim: null, carried: null },
      replaceable,
      null,
    )
  }
  const note = claimNote(facts, own, elsewhere, now)
  if (facts.claim !== null && note === null && own?.clickId !== facts.claim.clickId) {
    return decided(
      facts,
      policy,
      now,
      { source: 'click', affiliateId: facts.claim.affiliateId, claim: facts.claim, carried: null },
      replaceable,
      null,
    )
  }
  if (own !== null) return kept(own, note)
  const carried = elsewhere.find((one) => one.isFreeProductAttribution || one.productId === facts.upgradeFromProductId)
  if (carried === undefined || facts.product.isFree || !hasProgram(facts)) return nobody(endedIds(facts, policy, now), note)
  return decided(facts, policy, now, { source: 'upgrade', affiliateId: carried.affiliateId, claim: null, carried }, replaceable, note)
}

type Winner = {
  readonly source: AttributionSource
  readonly affiliateId: string
  readonly claim: ClickClaim | null
  readonly carried: BoundAttribution | null
}

/** An active program is what commissions and cookie days come from; a free product earns nothing and binds without one. */
function hasProgram(facts: AttributionFacts): boolean {
  return facts.product.isFree || facts.program?.isActive === true
}

function isAllowed(facts: AttributionFacts, affiliateId: string): boolean {
  const affiliate = facts.affiliates[affiliateId]
  return affiliate !== undefined && !affiliate.isBlocked
}

/** How long after the click it may bind where no programme says otherwise, and so how long its cookie lives. */
export const COOKIE_DAYS = 30

/** When a click stops being able to bind a customer of this product. */
export function claimExpiresAt(clickedAt: Date, program: { readonly cookieDurationDays: number } | null): Date {
  return addDays(clickedAt, program?.cookieDurationDays ?? COOKIE_DAYS)
}

/** Null when the claim may bind, or when it is the one that bound already. */
function claimNote(
  facts: AttributionFacts,
  own: BoundAttribution | null,
  elsewhere: readonly BoundAttribution[],
  now: Date,
): AttributionNote | null {
  const { claim, product, program } = facts
  if (claim === null) return null
  const isSameCommunity = claim.communityId === product.communityId || (claim.communityId === null && claim.productId === null)
  if (claim.productId !== product.id && !isSameCommunity) return 'token_foreign'
  const isOver = now >= claimExpiresAt(claim.clickedAt, program) || (claim.expiresAt !== null && now >= claim.expiresAt)
  if (isOver || claim.clickedAt > now) return 'token_expired'
  if (!isAllowed(facts, claim.affiliateId)) return 'affiliate_stopped'
  if (!hasProgram(facts)) return 'no_program'
  const rivals = own === null ? elsewhere.filter((one) => one.isFreeProductAttribution) : [own]
  // The click behind an earlier binding is older than that binding and still the newest one there is.
  return rivals.some((one) => one.clickId !== claim.clickId && claim.clickedAt < one.boundAt) ? 'token_older' : null
}

function decided(
  facts: AttributionFacts,
  policy: Policy,
  now: Date,
  winner: Winner,
  replaces: readonly string[],
  note: AttributionNote | null,
): AttributionDecision {
  const { product, program } = facts
  const affiliate = facts.affiliates[winner.affiliateId]
  const terms = termsFor(facts, winner)
  const freeUntil = addDays(now, policy.attribution.freeDays[affiliate?.profile ?? 'NEW'])
  const bind: NewAttribution = {
    productId: product.id,
    affiliateId: winner.affiliateId,
    clickId: winner.claim?.clickId ?? winner.carried?.clickId ?? null,
    linkId: winner.claim?.linkId ?? winner.carried?.linkId ?? null,
    source: winner.source,
    attributionModel: 'last-click',
    isFreeProductAttribution: product.isFree,
    attributionExpiresAt: product.isFree ? freeUntil : null,
    boundAt: now,
    expiresAt: winner.claim === null ? null : claimExpiresAt(winner.claim.clickedAt, program),
    terms,
  }
  const action = replaces.length > 0 ? 'replace' : 'bind'
  return { action, bind, replaces, keep: null, current: { affiliateId: winner.affiliateId, terms }, note }
}

function termsFor(facts: AttributionFacts, winner: Winner): CommissionTerms | null {
  const carried = winner.carried?.isFreeProductAttribution === false ? winner.carried.terms : null
  const source = carried ?? facts.affiliates[winner.affiliateId]?.termsOverride ?? facts.program
  if (source === null) return null
  const { rateType, rate, includeRenewals } = source
  return { rateType, rate, includeRenewals }
}

/** The product's own, and free ones of the community once something paid is bought: they hand over to it. */
function replaceableIds(facts: AttributionFacts, elsewhere: readonly BoundAttribution[]): string[] {
  const freed = facts.product.isFree ? [] : elsewhere.filter((one) => one.isFreeProductAttribution)
  const earlier = facts.bound.filter((one) => one.replacedAt === null && one.productId === facts.product.id)
  return [...earlier, ...freed].map(({ id }) => id)
}

function kept(own: BoundAttribution, note: AttributionNote | null): AttributionDecision {
  return { action: 'keep', bind: null, replaces: [], keep: own, current: { affiliateId: own.affiliateId, terms: own.terms }, note }
}

function nobody(replaces: readonly string[], note: AttributionNote | null): AttributionDecision {
  return { action: 'none', bind: null, replaces, keep: null, current: null, note }
}

/** The product's own attributions that stopped following this client: left alone, the next renewal would find them live again. */
function endedIds({ bound, product }: AttributionFacts, policy: Policy, now: Date): string[] {
  return bound.filter((one) => one.productId === product.id && isLive(one, now) && !followsClient(one, policy, now)).map(({ id }) => id)
}

function byNewest(one: BoundAttribution, other: BoundAttribution): number {
  return other.boundAt.getTime() - one.boundAt.getTime()
}
