import { and, eq, getTableColumns, gt, isNull, lte, or, sql, type SQL, type SQLWrapper } from 'drizzle-orm'
import { affiliateBoostCodes, affiliateBoostRedemptions, affiliateProfiles, weoktoUsers } from '#db/schema/all.ts'
import { DEFAULT_POLICY } from '#domain/base/policy.ts'
import type { Ctx } from '#api/context.ts'
import { policyCount } from '#api/policy.ts'
import type { AttemptScalars } from './attempt-scalars.ts'

interface HeldFor {
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

/** The card of an attempt, as it stands in the database and as an answer has just named it. */
function cardOf(attemptId: string, named: string | null): HeldFor['card'] {
  const column = (value: SQL) =>
    sql`(select ${value} from payment_attempts a left join checkout_sessions cs on cs.id = a."checkoutSessionId" where a.id = ${attemptId})`
  return {
    token: column(sql`coalesce(a."cardToken", cs."cardToken")`),
    fingerprint: column(sql`coalesce(${named}::text, a."cardFingerprint")`),
  }
}

/** The one redemption that may raise a sale of this affiliate: a partial unique index lets no second one be ACTIVE. */
export function isActiveRedemption(affiliateId: SQLWrapper | string, now: Date) {
  const r = affiliateBoostRedemptions
  return and(eq(r.affiliateId, affiliateId), eq(r.status, 'ACTIVE'), or(isNull(r.expiresAt), gt(r.expiresAt, now)))
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
