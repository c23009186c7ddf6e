import { eq, sql } from 'drizzle-orm'
import * as z from 'zod/mini'
import type { Config } from '#api/config.ts'
import type { Ctx } from '#api/context.ts'
import { originOf } from '#api/http/site.ts'
import { affiliateLinks, affiliatePrograms, affiliateProfiles, communities, policies, products, weoktoUsers } from '#db/schema/all.ts'
import { PLATFORMS, type Platform } from '#domain/enums.ts'
import { ownUrl, targetOn } from '#domain/origin.ts'
import { CONSENT_MODES } from '#domain/policy.ts'

/** A link as the redirect needs it: kept in memory and in the shared cache, so it holds nothing about a person but the affiliate's id. */
export const KnownLink = z.object({
  id: z.string(),
  affiliateId: z.string(),
  productId: z.nullable(z.string()),
  communityId: z.string(),
  platform: z.enum(PLATFORMS),
  campaign: z.nullable(z.string()),
  toPath: z.nullable(z.string()),
  /** Where the visitor lands unless a path is named: always an absolute address of one of the two sites. */
  landingUrl: z.string(),
  cookieDurationDays: z.int(),
  isOpen: z.boolean(),
  consentMode: z.enum(CONSENT_MODES),
})

export type KnownLink = z.infer<typeof KnownLink>
type Loading = Pick<Ctx, 'config' | 'db' | 'now'>

const DEFAULT_COOKIE_DAYS = 30

/**
 * The one read of a cold link; null when nobody has this code. A link to a community takes the longest duration among its products' active
 * programs: which product will be bought is not known yet, and each sale checks its own program again.
 */
export async function loadLink({ config, db, now }: Loading, code: string): Promise<KnownLink | null> {
  const communityOfLink = sql`coalesce(${affiliateLinks.communityId}, ${products.communityId})`
  const [row] = await db
    .select({
      id: affiliateLinks.id,
      affiliateId: affiliateLinks.affiliateId,
      productId: affiliateLinks.productId,
      communityId: communities.id,
      platform: communities.platform,
      campaign: affiliateLinks.campaign,
      toPath: affiliateLinks.toPath,
      landingPageUrl: communities.landingPageUrl,
      cookieDurationDays: cookieDays(),
      isOpen: sql<boolean>`${affiliateLinks.isActive} and ${affiliateLinks.archivedAt} is null and ${weoktoUsers.bannedAt} is null
        and ${affiliateProfiles.blockedAt} is null and ${communities.isActive} and coalesce(${products.isActive}, true)
        and coalesce((${policyInForce(now)} #>> '{switches,links}')::boolean, true)`,
      consentMode: sql<KnownLink['consentMode']>`coalesce(${policyInForce(now)} #>> '{clicks,consentMode}', 'consent')`,
    })
    .from(affiliateLinks)
    .innerJoin(weoktoUsers, eq(weoktoUsers.id, affiliateLinks.affiliateId))
    .leftJoin(affiliateProfiles, eq(affiliateProfiles.userId, affiliateLinks.affiliateId))
    .leftJoin(products, eq(products.id, affiliateLinks.productId))
    .innerJoin(communities, eq(communities.id, communityOfLink))
    .where(eq(affiliateLinks.code, code))
    .limit(1)
  if (!row) return null
  const { landingPageUrl, ...link } = row
  return { ...link, landingUrl: landingUrlOf(config, link.platform, landingPageUrl) }
}

/** The owner writes a path or an address; one that is not on the owner's sites sends to the site's home instead. */
function landingUrlOf(config: Config, platform: Platform, landingPageUrl: string | null): string {
  const hosts = { WEOKTO: config.WEOKTO_HOSTS, STAM: config.STAM_HOSTS }
  return ownUrl(landingPageUrl, hosts) ?? targetOn(originOf(config, platform), landingPageUrl)
}

function cookieDays() {
  return sql<number>`coalesce((select max(${affiliatePrograms.cookieDurationDays}) from ${affiliatePrograms}
    where ${affiliatePrograms.isActive} and (${affiliatePrograms.productId} = ${affiliateLinks.productId}
      or ${affiliatePrograms.productId} in (select p.id from ${products} p where p."communityId" = ${affiliateLinks.communityId}))),
    ${DEFAULT_COOKIE_DAYS})::int`
}

function policyInForce(now: Date) {
  return sql`(select ${policies.json} from ${policies} where ${policies.validFrom} <= ${now.toISOString()}::timestamp order by ${policies.version} desc limit 1)`
}
