import { and, eq, getTableColumns, gt, isNull, lte, or, sql } from 'drizzle-orm'
import { affiliateBoostCodes, affiliateBoostRedemptions, affiliateProfiles, weoktoUsers } from '#db/schema/all.ts'
import type { Ctx } from '#api/context.ts'
import type { AttemptScalars } from './load-settlement.ts'

const DAY_MS = 86_400_000

/**
 * The affiliates that may be owed for this sale (the checkout's token's, or one already bound to the buyer), each with what the commission
 * and the reasons to hold it are decided from.
 */
export function affiliateQuery({ db, now }: Ctx, attemptId: string, of: AttemptScalars) {
  const twoDaysAgo = new Date(now.getTime() - 2 * DAY_MS).toISOString()
  const dayStart = `${now.toISOString().slice(0, 10)}T00:00:00.000Z`
  return db
    .select({
      id: weoktoUsers.id,
      email: weoktoUsers.email,
      locale: weoktoUsers.locale,
      bannedAt: weoktoUsers.bannedAt,
      createdAt: weoktoUsers.createdAt,
      riskLevel: weoktoUsers.riskLevel,
      firstCommissionAt: weoktoUsers.firstCommissionAt,
      profile: {
        blockedAt: affiliateProfiles.blockedAt,
        trustedAt: affiliateProfiles.trustedAt,
        currentGuildId: affiliateProfiles.currentGuildId,
        createdAt: affiliateProfiles.createdAt,
      },
      redemption: getTableColumns(affiliateBoostRedemptions),
      boostCode: getTableColumns(affiliateBoostCodes),
      /** Sales of the last 48 hours. */
      recentSales: sql<number>`(select count(*)::int from affiliate_commissions ac where ac."affiliateId" = ${weoktoUsers.id} and ac."earnedAt" > ${twoDaysAgo}::timestamp)`,
      /** The buyer's network and browser were the affiliate's own today. */
      sameVisitor: sql<boolean>`exists (select 1 from weokto_sessions ws join payment_attempts a on a.id = ${attemptId} join checkout_sessions cs on cs.id = a."checkoutSessionId" where ws."userId" = ${weoktoUsers.id} and ws."visitorHash" = cs."visitorHash" and ws."lastSeenAt" >= ${dayStart}::timestamp)`,
      /** The same card already pays under another person's e-mail. */
      sharedCard: sql<boolean>`exists (select 1 from payment_attempts a join checkout_sessions cs on cs.id = a."checkoutSessionId" join customers c2 on c2."pciVaultToken" = cs."cardToken" where a.id = ${attemptId} and c2."stamUserId" <> ${of.stamUserId})`,
    })
    .from(weoktoUsers)
    .innerJoin(affiliateProfiles, eq(affiliateProfiles.userId, weoktoUsers.id))
    .leftJoin(
      affiliateBoostRedemptions,
      and(
        eq(affiliateBoostRedemptions.affiliateId, weoktoUsers.id),
        eq(affiliateBoostRedemptions.status, 'ACTIVE'),
        or(isNull(affiliateBoostRedemptions.expiresAt), gt(affiliateBoostRedemptions.expiresAt, now)),
      ),
    )
    .leftJoin(
      affiliateBoostCodes,
      and(eq(affiliateBoostCodes.id, affiliateBoostRedemptions.codeId), lte(affiliateBoostCodes.validFrom, now)),
    )
    .where(
      sql`${weoktoUsers.id} in (
        select cs.attribution->>'affiliateId' from payment_attempts a join checkout_sessions cs on cs.id = a."checkoutSessionId" where a.id = ${attemptId}
        union
        select at."affiliateId" from affiliate_attributions at join customers c on c.id = at."customerId" join products p on p.id = at."productId"
        where at."replacedAt" is null and c."stamUserId" = ${of.stamUserId} and p."communityId" = ${of.communityId})`,
    )
    .limit(12)
}
