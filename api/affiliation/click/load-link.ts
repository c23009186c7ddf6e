import { eq, sql } from 'drizzle-orm'
import * as z from 'zod/mini'
import { affiliateLinks, affiliatePrograms, affiliateProfiles, communities, products, weoktoUsers } from '#db/schema/all.ts'
import { COOKIE_DAYS } from '#domain/affiliation/attribution.ts'
import { PLATFORMS, type Platform } from '#domain/base/enums.ts'
import { targetOn } from '#domain/base/origin.ts'
import { CONSENT_MODES, DEFAULT_POLICY } from '#domain/base/policy.ts'
import type { Config } from '#api/config.ts'
import type { Ctx } from '#api/context.ts'
import { policyInForce } from '#api/policy.ts'
import { originOf } from '#api/sites.ts'

/** A link as memory and the shared cache keep it: what decides where it leads, and what of the policy and the program its token needs. */
export const KnownLink = z.object({
  linkId: z.string(),
  code: z.string(),
  affiliateId: z.string(),
  productId: z.nullable(z.string()),
  communityId: z.string(),
  platform: z.enum(PLATFORMS),
  landingPageUrl: z.nullable(z.string()),
  toPath: z.nullable(z.string()),
  campaign: z.nullable(z.string()),
  isActive: z.boolean(),
  archivedAt: z.nullable(z.string()),
  isAffiliateBlocked: z.boolean(),
  cookieDurationDays: z.int(),
  consentMode: z.enum(CONSENT_MODES),
  areLinksOpen: z.boolean(),
})

export type KnownLink = z.infer<typeof KnownLink>

/**
 * The one read of a cold link; null when nobody has this code. A link to a community takes the longest duration among its products' active
 * programs: which product will be bought is not known yet, and each sale checks its own program again.
 */
export async function loadLink({ config, db, now }: Pick<Ctx, 'config' | 'db' | 'now'>, code: string): Promise<KnownLink | null> {
  const policy = policyInForce(now)
  const [row] = await db
    .select({
      linkId: affiliateLinks.id,
      code: affiliateLinks.code,
      affiliateId: affiliateLinks.affiliateId,
      productId: affiliateLinks.productId,
      communityId: communities.id,
      platform: communities.platform,
      landingPageUrl: communities.landingPageUrl,
      toPath: affiliateLinks.toPath,
      campaign: affiliateLinks.campaign,
      isActive: sql<boolean>`${affiliateLinks.isActive} and ${communities.isActive} and coalesce(${products.isActive}, true)`,
      archivedAt: affiliateLinks.archivedAt,
      isAffiliateBlocked: sql<boolean>`${weoktoUsers.bannedAt} is not null or ${affiliateProfiles.blockedAt} is not null`,
      cookieDurationDays: cookieDays(),
      consentMode: sql<
        KnownLink['consentMode']
      >`(select case when mode in ${CONSENT_MODES} then mode else ${DEFAULT_POLICY.clicks.consentMode} end from (select ${policy} #>> '{clicks,consentMode}' as mode) as stored)`,
      areLinksOpen: sql<boolean>`case ${policy} #> '{switches,links}' when 'true' then true when 'false' then false else ${DEFAULT_POLICY.switches.links} end`,
    })
    .from(affiliateLinks)
    .innerJoin(weoktoUsers, eq(weoktoUsers.id, affiliateLinks.affiliateId))
    .leftJoin(affiliateProfiles, eq(affiliateProfiles.userId, affiliateLinks.affiliateId))
    .leftJoin(products, eq(products.id, affiliateLinks.productId))
    .innerJoin(communities, eq(communities.id, sql`coalesce(${affiliateLinks.communityId}, ${products.communityId})`))
    .where(eq(affiliateLinks.code, code))
    .limit(1)
  if (!row) return null
  return { ...row, landingPageUrl: absolute(config, row.platform, row.landingPageUrl), archivedAt: row.archivedAt?.toISOString() ?? null }
}

/** The owner may write a landing page as a path of its site, which is then the same on every machine. */
function absolute(config: Config, platform: Platform, landingPageUrl: string | null): string | null {
  return landingPageUrl?.startsWith('/') ? targetOn(originOf(config, platform), landingPageUrl) : landingPageUrl
}

function cookieDays() {
  return sql<number>`coalesce((select max(${affiliatePrograms.cookieDurationDays}) from ${affiliatePrograms}
    where ${affiliatePrograms.isActive} and (${affiliatePrograms.productId} = ${affiliateLinks.productId}
      or ${affiliatePrograms.productId} in (select p.id from ${products} p where p."communityId" = ${affiliateLinks.communityId}))),
    ${COOKIE_DAYS})::int`
}
