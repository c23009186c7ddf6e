import { and, eq, gt, isNull, or, sql, type SQL, type SQLWrapper } from 'drizzle-orm'
import { affiliateBoostRedemptions } from '#db/schema/all.ts'
import { DEFAULT_POLICY } from '#domain/base/policy.ts'
import { policyCount } from '#api/policy.ts'

export interface HeldFor {
  affiliateId: SQL
  attemptId: string
  card: { token: SQL; fingerprint: SQL }
  stamUserId: SQL<string> | string
}

/** No policy counts to more: `burstSales` ends here. */
const MOST_COUNTED = 100_000

/**
 * What reasons to hold are counted from. Read when the sale is decided and, because other sales of the affiliate may be written in between, asked
 * again by the write itself, in these same words.
 */
export function holdFacts(now: Date, { affiliateId, attemptId, card, stamUserId }: HeldFor, most = MOST_COUNTED) {
  const burstHours = policyCount(now, ['hold', 'burstHours'], DEFAULT_POLICY.hold.burstHours)
  return {
    /** Sales since `burstWindowStart`; counting stops at `most`. */
    recentSales: sql<number>`(select count(*)::int from (select from affiliate_commissions ac where ac."affiliateId" = ${affiliateId}
      and ac."earnedAt" > ${now.toISOString()}::timestamp - make_interval(hours => ${burstHours}) limit ${most}) as counted)`,
    /** The affiliate was signed in on the buyer's network and browser within the day before the checkout began. */
    sameVisitor: sql<boolean>`exists (select from affiliate_visitor_marks m join payment_attempts a on a.id = ${attemptId}
      join checkout_sessions cs on cs.id = a."checkoutSessionId" where m."affiliateId" = ${affiliateId}
      and m."visitorHash" in (cs."visitorHash", cs."visitorHashBefore") and m."seenAt" > cs."createdAt" - interval '24 hours')`,
    /** The same card, by its token or by what the processor says of it, already pays under another person's e-mail. */
    sharedCard: sql<boolean>`exists (select from customers c2 where c2."stamUserId" <> ${stamUserId}
      and (c2."pciVaultToken" = ${card.token} or c2."cardFingerprint" = ${card.fingerprint}))`,
  }
}

/** The one redemption that may raise a sale of this affiliate: a partial unique index lets no second one be ACTIVE. */
export function isActiveRedemption(affiliateId: SQLWrapper | string, now: Date) {
  const r = affiliateBoostRedemptions
  return and(eq(r.affiliateId, affiliateId), eq(r.status, 'ACTIVE'), or(isNull(r.expiresAt), gt(r.expiresAt, now)))
}
