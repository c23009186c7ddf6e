import { and, asc, eq } from 'drizzle-orm'
import { publishedAt } from '#db/published.ts'
import { communities, products } from '#db/schema/all.ts'
import type { Ctx } from '#api/context.ts'

const MOST = 500

/** The guilds that anybody may look at, each with the published products by which one enters it. */
export async function listGuilds({ db, now }: Pick<Ctx, 'db' | 'now'>) {
  const isShown = and(eq(communities.platform, 'WEOKTO'), eq(communities.isActive, true))
  const [guilds, tiers] = await db.batch([
    db
      .select({ id: communities.id, name: communities.name, slug: communities.slug })
      .from(communities)
      .where(isShown)
      .orderBy(asc(communities.name), asc(communities.id))
      .limit(MOST),
    db
      .select({
        id: products.id,
        communityId: products.communityId,
        name: products.name,
        description: products.shortDescription,
        isFree: products.isFree,
      })
      .from(products)
      .innerJoin(communities, eq(communities.id, products.communityId))
      .where(and(isShown, eq(products.isActive, true), publishedAt(now)))
      .orderBy(asc(products.name), asc(products.id)),
  ])
  const byGuild = Map.groupBy(tiers, (tier) => tier.communityId)
  return {
    guilds: guilds.map(({ id, ...guild }) => ({
      ...guild,
      products: (byGuild.get(id) ?? []).map(({ id: productId, name, description, isFree }) => ({
        id: productId,
        name,
        description,
        isFree,
      })),
    })),
  }
}
