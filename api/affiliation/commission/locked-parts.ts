import { sql, type SQL } from 'drizzle-orm'
import { parisDayText, parisMonthText } from '#db/paris.ts'
import { affiliateCommissions, affiliateProfiles } from '#db/schema/all.ts'
import type { CommissionPart, WaitingKind, WaitReason } from '#domain/affiliation/waiting.ts'
import type { Ctx } from '#api/context.ts'

/**
 * The parts of the commission `c` that still lie in LOCKED, with why and until when: `waitingParts` of the domain as a row source (part, cents, until,
 * why, kind). `c` names a row of affiliate_commissions in the statement around it.
 */
function partsOf(c: SQL, now: Date): SQL {
  const at = sql`${now.toISOString()}::timestamp`
  return sql`(
    select p.part, p.cents, p.until, w.why, case w.why when 'locked' then p.part else 'undated' end as kind
    from (values ('main', remaining_main(${c}), ${c}."mainMaturedAt", ${c}."lockedUntil"),
      ('extended', remaining_extended(${c}), ${c}."extendedMaturedAt", coalesce(${c}."extendedLockedUntil", ${c}."maturesAt"))) as p (part, cents, "maturedAt", until)
    cross join lateral (select case
      when ${c}.status = 'PENDING_LOCK' then 'held'
      when ${c}."disputedAt" is not null then 'disputed'
      when exists (select from ${affiliateProfiles} f where f."userId" = ${c}."affiliateId" and f."blockedAt" is not null) then 'blocked'
      when p.part = 'extended' and ${c}.profile = 'EXTREME_RISK' and ${c}."releasedAt" is null and p.until <= ${at} then 'release'
      else 'locked' end as why) w
    where p."maturedAt" is null and p.cents > 0 and ${c}.status in ('PENDING_LOCK', 'LOCKED', 'PARTIALLY_MATURED'))`
}

/** Rows of the list of commissions, as the query builder names their table. */
const listed = sql`${affiliateCommissions}`

/** Keeps the commissions with a part of this kind, so that a list shows what a figure sums. */
export function hasWaiting(kind: WaitingKind, now: Date): SQL {
  return sql`exists (select from ${partsOf(listed, now)} w where w.kind = ${kind})`
}

/** What the parts of this kind of all listed commissions come to, in cents. */
export function sumWaiting(kind: WaitingKind, now: Date): SQL<number> {
  return sql<number>`coalesce(sum((select sum(w.cents) from ${partsOf(listed, now)} w where w.kind = ${kind})), 0)`.mapWith(Number)
}

/** What lies in LOCKED, summed by part, reason and the day of Paris on which its date falls: at most a few hundred rows, however many commissions. */
export type LockedPart = {
  part: CommissionPart
  why: WaitReason
  kind: WaitingKind
  day: string
  cents: number
  commissions: number
}

export function selectLockedParts({ db, now }: Pick<Ctx, 'db' | 'now'>, affiliateId: string) {
  return db.execute<LockedPart>(sql`
    select w.part, w.why, w.kind, ${parisDayText(sql`w.until`)} as day, sum(w.cents)::int as cents, count(*)::int as commissions
    from ${affiliateCommissions} c cross join lateral ${partsOf(sql`c`, now)} w
    where c."affiliateId" = ${affiliateId} and c.status in ('PENDING_LOCK', 'LOCKED', 'PARTIALLY_MATURED')
    group by 1, 2, 3, 4 order by day, part desc, why`)
}

/** What everybody's locked commissions release, by month of Paris; null stands for what waits for a decision. */
export function selectReleasesByMonth({ db, now }: Pick<Ctx, 'db' | 'now'>) {
  return db.execute<{ month: string | null; cents: number }>(sql`
    select case when w.kind <> 'undated' then ${parisMonthText(sql`w.until`)} end as month, sum(w.cents)::int as cents
    from ${affiliateCommissions} c cross join lateral ${partsOf(sql`c`, now)} w
    where c.status in ('PENDING_LOCK', 'LOCKED', 'PARTIALLY_MATURED') group by 1 order by 1 nulls first`)
}
