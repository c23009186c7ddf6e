import { eq } from 'drizzle-orm'
import { affiliateProfiles as p, communities, weoktoUsers as u } from '#db/schema/all.ts'
import { AppError } from '#domain/error.ts'
import { requirePermission } from '#api/authorize.ts'
import type { Ctx } from '#api/context.ts'

/** One affiliate as the owner sees them: who they are and how they stand. Owner only. */
export async function showProfile(ctx: Ctx, { id }: { id: string }) {
  requirePermission(ctx, 'affiliation.affiliates')
  const [row] = await ctx.db
    .select({
      id: u.id,
      email: u.email,
      displayName: u.displayName,
      riskLevel: u.riskLevel,
      refundRate: u.refundRate,
      since: p.createdAt,
      guildName: communities.name,
      blockedAt: p.blockedAt,
      blockedReason: p.blockedReason,
      trustedAt: p.trustedAt,
    })
    .from(p)
    .innerJoin(u, eq(u.id, p.userId))
    .leftJoin(communities, eq(communities.id, p.currentGuildId))
    .where(eq(p.userId, id))
    .limit(1)
  if (!row) throw new AppError('not_found')
  return row
}
