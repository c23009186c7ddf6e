import {
  decideAttribution,
  type AttributionDecision,
  type AttributionFacts,
  type BoundAttribution,
  type ClickClaim,
} from '#domain/affiliation/attribution.ts'
import { boostFor, type BoostRedemption } from '#domain/affiliation/boost.ts'
import { decideCommission, type CommissionDecision, type CommissionTerms } from '#domain/affiliation/commission.ts'
import type { AffiliateRiskLevel } from '#domain/affiliation/enums.ts'
import { isDisposable } from '#domain/affiliation/disposable-email.ts'
import { holdReasons } from '#domain/affiliation/hold.ts'
import { profileOf } from '#domain/affiliation/lock-policy.ts'
import type { InvoiceKind, Platform } from '#domain/base/enums.ts'
import { cents, type Cents } from '#domain/base/money.ts'
import type { Policy } from '#domain/base/policy.ts'
import { pearlsOf } from '#domain/play/pearls.ts'

/** An affiliate who may be owed for the sale: the token's, or one bound before. */
export interface SaleAffiliate {
  id: string
  email: string
  isBlocked: boolean
  isTrusted: boolean
  guildId: string | null
  since: Date
  riskLevel: AffiliateRiskLevel
  firstCommissionAt: Date | null
  redemption: BoostRedemption | null
  /** Sales in the policy's burst window before this one. */
  recentSales: number
  sameVisitor: boolean
  sharedCard: boolean
}

export interface PaidSaleFacts {
  invoice: { kind: InvoiceKind; amountExcludingTax: Cents; amountIncludingTax: Cents }
  earlierKinds: readonly InvoiceKind[]
  product: AttributionFacts['product']
  platform: Platform
  program: (CommissionTerms & { isActive: boolean; cookieDurationDays: number }) | null
  claim: ClickClaim | null
  bound: readonly BoundAttribution[]
  affiliates: readonly SaleAffiliate[]
  buyerEmail: string
}

export interface PaidSale {
  attribution: AttributionDecision
  affiliate: SaleAffiliate | null
  commission: CommissionDecision | null
  /** Whole pearls for the affiliate now; 0 while the commission is held, since they come with its release. */
  pearls: number
}

/**
 * Everything about affiliates that "paid" means (business rules, click to attribution and commission): who brought the client, what they
 * earn and when it unlocks, whether the owner must look first. Amounts in cents; nothing here can fail a sale.
 */
export function decidePaidSale(facts: PaidSaleFacts, policy: Policy, paidAt: Date): PaidSale {
  const attribution = decideAttribution(
    { ...facts, couponAffiliateId: null, affiliates: byId(facts.affiliates, policy, paidAt) },
    policy,
    paidAt,
  )
  const affiliate = facts.affiliates.find(({ id }) => id === attribution.current?.affiliateId) ?? null
  if (!affiliate) return { attribution, affiliate: null, commission: null, pearls: 0 }
  const boost = boostFor(affiliate.redemption, facts.product.id, paidAt)
  const commission = decideCommission(
    {
      invoice: facts.invoice,
      earlierKinds: facts.earlierKinds,
      terms: attribution.current?.terms ?? null,
      program: facts.program,
      platform: facts.platform,
      affiliate,
      boost,
      holdReasons: reasonsToHold(facts, affiliate, boost === null ? null : (affiliate.redemption?.redeemedAt ?? null), policy, paidAt),
    },
    policy,
    paidAt,
  )
  const counts = commission?.status === 'LOCKED'
  return { attribution, affiliate, commission, pearls: counts ? pearlsOf(cents(facts.invoice.amountIncludingTax), policy) : 0 }
}

function byId(affiliates: readonly SaleAffiliate[], policy: Policy, now: Date): AttributionFacts['affiliates'] {
  return Object.fromEntries(
    affiliates.map((one) => [one.id, { isBlocked: one.isBlocked, profile: profileOf(one, policy, now), termsOverride: null }]),
  )
}

function reasonsToHold(facts: PaidSaleFacts, affiliate: SaleAffiliate, boostRedeemedAt: Date | null, policy: Policy, now: Date) {
  return holdReasons(
    {
      buyerEmail: facts.buyerEmail,
      affiliateEmail: affiliate.email,
      isDisposable: isDisposable(facts.buyerEmail, policy.hold.disposableDomains),
      isCardOfAnotherCustomer: affiliate.sharedCard,
      isAffiliatesDevice: affiliate.sameVisitor,
      affiliateSince: affiliate.since,
      recentSales: affiliate.recentSales + 1,
      profile: profileOf(affiliate, policy, now),
      boostRedeemedAt,
      hasGuild: affiliate.guildId !== null,
      isTrusted: affiliate.isTrusted,
    },
    policy,
    now,
  )
}
