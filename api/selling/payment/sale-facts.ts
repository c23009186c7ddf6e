import * as z from 'zod/mini'
import type { BoundAttribution, ClickClaim } from '#domain/affiliation/attribution.ts'
import { cents } from '#domain/base/money.ts'
import type { PaidSaleFacts, SaleAffiliate } from '#domain/selling/paid-sale.ts'
import type { LoadedSettlement } from './load-settlement.ts'

/** The rows of one settlement in the words of the rule that decides on them. */
export function saleFacts(loaded: LoadedSettlement): PaidSaleFacts {
  const { invoice, product, program, community, checkout, buyer } = loaded
  return {
    invoice: {
      kind: invoice.kind,
      amountExcludingTax: cents(invoice.amountExcludingTax),
      amountIncludingTax: cents(invoice.amountIncludingTax),
    },
    earlierKinds: loaded.earlierKinds,
    product: { id: product.id, communityId: product.communityId, isFree: product.isFree },
    platform: community.platform,
    program: program
      ? {
          isActive: program.isActive,
          cookieDurationDays: program.cookieDurationDays,
          rateType: program.defaultRateType,
          rate: program.defaultRate,
          includeRenewals: program.includeRenewals,
        }
      : null,
    claim: claimOf(checkout?.attribution ?? null),
    bound: loaded.attributions.map(boundOf),
    affiliates: loaded.affiliates.map(affiliateOf),
    buyerEmail: buyer.email,
  }
}

/** What the checkout kept of a verified click token. Dates went through JSON. */
const Claim = z.object({
  clickId: z.string(),
  affiliateId: z.string(),
  linkId: z.nullable(z.string()),
  productId: z.nullable(z.string()),
  communityId: z.nullable(z.string()),
  clickedAt: z.string(),
  expiresAt: z.string(),
})

export type StoredClaim = z.infer<typeof Claim>

export function claimOf(stored: Record<string, unknown> | null): ClickClaim | null {
  const parsed = Claim.safeParse(stored)
  return parsed.success ? { ...parsed.data, clickedAt: new Date(parsed.data.clickedAt), expiresAt: new Date(parsed.data.expiresAt) } : null
}

function boundOf({ attribution, subscriptionStatus, subscriptionEndsAt }: LoadedSettlement['attributions'][number]): BoundAttribution {
  const { rateType, rate, includeRenewals } = attribution
  return {
    id: attribution.id,
    productId: attribution.productId,
    affiliateId: attribution.affiliateId,
    // A click's row carries the click's own id.
    clickId: attribution.affiliateTrackingEventId,
    linkId: attribution.linkId,
    isFreeProductAttribution: attribution.isFreeProductAttribution,
    attributionExpiresAt: attribution.attributionExpiresAt,
    replacedAt: attribution.replacedAt,
    boundAt: attribution.boundAt,
    terms: rateType === null || rate === null ? null : { rateType, rate, includeRenewals: includeRenewals ?? true },
    subscriptionExpiredAt: subscriptionStatus === 'EXPIRED' ? subscriptionEndsAt : null,
  }
}

function affiliateOf(row: LoadedSettlement['affiliates'][number]): SaleAffiliate {
  const { profile, redemption, boostCode } = row
  return {
    id: row.id,
    email: row.email,
    isBlocked: profile.blockedAt !== null || row.bannedAt !== null,
    isTrusted: profile.trustedAt !== null,
    guildId: profile.currentGuildId,
    since: profile.createdAt,
    riskLevel: row.riskLevel,
    firstCommissionAt: row.firstCommissionAt,
    redemption: redemption && boostCode ? { ...redemption, code: boostCode } : null,
    recentSales: row.recentSales,
    sameVisitor: row.sameVisitor,
    sharedCard: row.sharedCard,
  }
}
