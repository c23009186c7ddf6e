import { and, count, desc, eq, gte, isNull, sql, sum } from 'drizzle-orm'
import {
  affiliateBalances,
  affiliateCommissions,
  affiliateDailyStats as s,
  affiliateLinks,
  affiliateProfiles,
  communities,
  weoktoUsers,
  withdrawalRequests,
} from '#db/schema/all.ts'
import { parisDay, daysUpTo } from '#domain/base/paris.ts'
import { selectLockedParts } from '#api/affiliation/commission/locked-parts.ts'
import { selectCommissions } from '#api/affiliation/commission/rows.ts'
import { PAID_OUT } from '#api/affiliation/ledger/list-own.ts'
import { viewCommission } from '#api/affiliation/commission/view.ts'
import { requirePermission } from '#api/authorize.ts'
import type { Ctx } from '#api/context.ts'
import { viewMoney, viewReleases } from './affiliate-money.ts'
import { viewEarnings, viewTraffic } from './affiliate-traffic.ts'

const DAYS = 30
const RECENT = 5

/** All that an affiliate looks at ten times a day, in one round trip. Clicks and earnings come from daily sums, never from the clicks. */
export async function showAffiliate(ctx: Ctx) {
  const { userId } = requirePermission(ctx, 'affiliation.own_balances')
  const both = daysUpTo(parisDay(ctx.now), 2 * DAYS)
  const previous = both.slice(0, DAYS)
  const days = both.slice(DAYS)
  const [balances, parts, people, paid, figures, recent, links] = await load(ctx, userId, both[0] ?? '')
  const [person] = people
  return {
    money: viewMoney(balances, parts.rows, person?.profile ?? undefined, Number(paid[0]?.cents ?? 0)),
    releases: viewReleases(parts.rows),
    period: {
      days: DAYS,
      earnings: viewEarnings(days, previous, figures),
      now: viewTraffic(days, figures),
      before: viewTraffic(previous, figures),
    },
    recent: recent.map((row) => viewCommission(row, ctx.locale, ctx.now)),
    standing: {
      riskLevel: person?.riskLevel ?? 'NORMAL',
      firstCommissionAt: person?.firstCommissionAt ?? null,
      guildName: person?.guildName ?? null,
      blockedAt: person?.profile?.blockedAt ?? null,
      blockedReason: person?.profile?.blockedReason ?? null,
      activeLinks: links[0]?.active ?? 0,
    },
  }
}

function load(ctx: Ctx, userId: string, since: string) {
  const { db } = ctx
  return db.batch([
    db
      .select({ account: affiliateBalances.account, balance: affiliateBalances.balance })
      .from(affiliateBalances)
      .where(eq(affiliateBalances.affiliateId, userId)),
    selectLockedParts(ctx, userId),
    db
      .select({
        riskLevel: weoktoUsers.riskLevel,
        firstCommissionAt: weoktoUsers.firstCommissionAt,
        guildName: communities.name,
        profile: affiliateProfiles,
      })
      .from(weoktoUsers)
      .leftJoin(affiliateProfiles, eq(affiliateProfiles.userId, weoktoUsers.id))
      .leftJoin(communities, eq(communities.id, affiliateProfiles.currentGuildId))
      .where(eq(weoktoUsers.id, userId)),
    db
      .select({ cents: sum(withdrawalRequests.netAmount) })
      .from(withdrawalRequests)
      .where(and(eq(withdrawalRequests.affiliateId, userId), PAID_OUT)),
    db
      .select(figuresOfDay)
      .from(s)
      .where(and(eq(s.affiliateId, userId), gte(s.day, since)))
      .groupBy(s.day)
      .orderBy(s.day),
    selectCommissions(
      ctx,
      eq(affiliateCommissions.affiliateId, userId),
      [desc(affiliateCommissions.earnedAt), desc(affiliateCommissions.id)],
      RECENT,
    ),
    db
      .select({ active: count() })
      .from(affiliateLinks)
      .where(and(eq(affiliateLinks.affiliateId, userId), eq(affiliateLinks.isActive, true), isNull(affiliateLinks.archivedAt))),
  ])
}

const figuresOfDay = {
  day: s.day,
  grossClicks: sql<number>`sum(${s.grossClicks})::int`,
  uniqueClicks: sql<number>`sum(${s.uniqueClicks})::int`,
  filteredClicks: sql<number>`sum(${s.filteredClicks})::int`,
  salesCount: sql<number>`sum(${s.salesCount})::int`,
  salesCents: sql<number>`sum(${s.salesCents})::int`,
  commissionCents: sql<number>`sum(${s.commissionCents})::int`,
}
