import type { Db } from '#db/client.ts'
import { newId } from '#db/id.ts'
import { affiliateLinks, affiliateProfiles, communityMembers, termsAcceptances, weoktoUsers } from '#db/schema/all.ts'
import type { AffiliateRiskLevel } from '#domain/affiliation/enums.ts'
import { DEFAULT_POLICY } from '#domain/base/policy.ts'
import type { UserType } from '#domain/identity/enums.ts'
import type { Catalogue } from './write-catalogue.ts'

const DAY_MS = 86_400_000

export interface DemoAffiliate {
  key: string
  displayName: string
  guild: string
  /** Days since their first sale. */
  firstSaleDaysAgo: number
  sales: number
  /** How many of these were refunded in full. */
  refunds: number
  clicksPerDay: number
  level?: AffiliateRiskLevel
}

/** One affiliate of each risk profile. Names say what they show, so that nobody takes them for real people. */
export const DEMO_AFFILIATES: DemoAffiliate[] = [
  {
    key: 'confiance',
    displayName: 'Démo Confiance',
    guild: 'guilde-marketing',
    firstSaleDaysAgo: 200,
    sales: 30,
    refunds: 0,
    clicksPerDay: 16,
  },
  { key: 'nouveau', displayName: 'Démo Nouveau', guild: 'guilde-marketing', firstSaleDaysAgo: 6, sales: 3, refunds: 0, clicksPerDay: 5 },
  { key: 'recent', displayName: 'Démo Récent', guild: 'guilde-video', firstSaleDaysAgo: 45, sales: 9, refunds: 0, clicksPerDay: 6 },
  { key: 'valide', displayName: 'Démo Validé', guild: 'guilde-video', firstSaleDaysAgo: 75, sales: 13, refunds: 1, clicksPerDay: 8 },
  {
    key: 'surveille',
    displayName: 'Démo À Surveiller',
    guild: 'guilde-marketing',
    firstSaleDaysAgo: 120,
    sales: 11,
    refunds: 2,
    clicksPerDay: 7,
  },
  {
    key: 'risque',
    displayName: 'Démo Risque Élevé',
    guild: 'guilde-marketing',
    firstSaleDaysAgo: 130,
    sales: 12,
    refunds: 4,
    clicksPerDay: 9,
  },
  {
    key: 'extreme',
    displayName: 'Démo Risque Extrême',
    guild: 'guilde-video',
    firstSaleDaysAgo: 150,
    sales: 10,
    refunds: 5,
    clicksPerDay: 9,
    level: 'EXTREME_RISK',
  },
]

export interface WrittenAffiliate extends DemoAffiliate {
  id: string
  links: { linkId: string; planSlug: string }[]
}

export async function writePerson(db: Db, email: string, displayName: string, userType: UserType, createdAt: Date): Promise<string> {
  const id = newId()
  await db
    .insert(weoktoUsers)
    .values({ id, email, authId: newId(), displayName, userType, emailVerifiedAt: createdAt, createdAt, updatedAt: createdAt })
  return id
}

/** An affiliate with their guild, the terms they accepted and one link for each of three plans' products. */
export async function writeAffiliate(db: Db, demo: DemoAffiliate, catalogue: Catalogue, now: Date): Promise<WrittenAffiliate> {
  const joinedAt = new Date(now.getTime() - (demo.firstSaleDaysAgo + 9) * DAY_MS)
  const email = `${demo.key}@affilies.test`
  const id = await writePerson(db, email, demo.displayName, 'AFFILIATE', joinedAt)
  const guildId = catalogue.communityIds[demo.guild] ?? ''
  const stamps = { createdAt: joinedAt, updatedAt: joinedAt }
  await db
    .insert(affiliateProfiles)
    .values({ id: newId(), userId: id, currentGuildId: guildId, guildJoinedAt: joinedAt, termsAcceptedAt: joinedAt, ...stamps })
  await db.insert(communityMembers).values({
    id: newId(),
    communityId: guildId,
    platform: 'WEOKTO',
    weoktoUserId: id,
    email,
    displayName: demo.displayName,
    joinedAt,
    ...stamps,
  })
  await db.insert(termsAcceptances).values({
    id: newId(),
    platform: 'WEOKTO',
    userId: id,
    document: 'affiliate',
    version: DEFAULT_POLICY.terms.affiliate,
    acceptedAt: joinedAt,
  })
  const slugs = ['atelier-levain-mensuel', 'dos-en-forme-mensuel', 'photo-de-rue-formation']
  const links = slugs.map((planSlug, n) => ({
    linkId: newId(),
    planSlug,
    code: `${demo.key}${n + 1}`,
    productId: catalogue.plans[planSlug]?.productId ?? '',
  }))
  const labels = ['Bio Instagram', 'Newsletter', 'Vidéo de mars']
  await db.insert(affiliateLinks).values(
    links.map(({ linkId, code, productId }, n) => ({
      id: linkId,
      code,
      affiliateId: id,
      productId,
      label: labels[n] ?? null,
      ...stamps,
    })),
  )
  return { ...demo, id, links }
}
