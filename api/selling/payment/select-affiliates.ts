import { and, eq, getTableColumns, lte, sql, type SQL } from 'drizzle-orm'
import { affiliateBoostCodes, affiliateBoostRedemptions, affiliateProfiles, weoktoUsers } from '#db/schema/all.ts'
import { type HeldFor, holdFacts, isActiveRedemption } from '#api/affiliation/commission/hold-facts.ts'
import type { Ctx } from '#api/context.ts'
import type { AttemptScalars } from './attempt-scalars.ts'

/** The card of an attempt, as it stands in the database and as an answer has just named it. */
function cardOf(attemptId: string, named: string | null): HeldFor['card'] {
  const column = (value: SQL) =>
    sql`(select ${value} from payment_attempts a left join checkout_sessions cs on cs.id = a."checkoutSessionId" where a.id = ${attemptId})`
  return {
    token: column(sql`coalesce(a."cardToken", cs."cardToken")`),
    fingerprint: column(sql`coalesce(${named}::text, a."cardFingerprint")`),
  }
}

/**
 * The affiliates that may be owed for this sale (the checkout's token's, or one already bound to the buyer), each with what the commission
 * and the reasons to hold it are decided from.
 */
export function selectAffiliate({ db, now }: Ctx, attemptId: string, of: AttemptScalars, fingerprint: string | null) {
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
      ...holdFacts(now, {
        affiliateId: sql`${weoktoUsers.id}`,
        attemptId,
        card: cardOf(attemptId, fingerprint),
        stamUserId: of.stamUserId,
      }),
    })
    .from(weoktoUsers)
    .innerJoin(affiliateProfiles, eq(affiliateProfiles.userId, weoktoUsers.id))
    .leftJoin(affiliateBoostRedemptions, isActiveRedemption(weoktoUsers.id, now))
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
