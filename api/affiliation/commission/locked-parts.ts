import { sql } from 'drizzle-orm'
import { parisDayText } from '#db/paris.ts'
import { affiliateCommissions } from '#db/schema/all.ts'
import type { Ctx } from '#api/context.ts'

/** What lies in LOCKED, summed by part and the day of Paris on which its date falls: at most a few hundred rows, however many commissions. */
export type LockedPart = {
  part: 'main' | 'extended'
  /** Held by the owner, in dispute, or past its date and waiting for the owner's release: no date frees it. */
  isStuck: boolean
  day: string
  cents: number
  commissions: number
}

export function selectLockedParts({ db, now }: Pick<Ctx, 'db' | 'now'>, affiliateId: string) {
  const c = affiliateCommissions
  return db.execute<LockedPart>(sql`
    with parts as (
      select 'main' as part, c."lockedUntil" as until, remaining_main(c) as cents, c.status, c."disputedAt"
      from ${c} c where ${isOpen(affiliateId)} and c."mainMaturedAt" is null and remaining_main(c) > 0
      union all
      select 'extended', coalesce(c."extendedLockedUntil", c."maturesAt"), remaining_extended(c), c.status, c."disputedAt"
      from ${c} c where ${isOpen(affiliateId)} and c."extendedMaturedAt" is null and remaining_extended(c) > 0)
    select part, (status = 'PENDING_LOCK' or "disputedAt" is not null or until < ${now.toISOString()}::timestamp - interval '1 day') as "isStuck",
      ${parisDayText(sql`until`)} as day, sum(cents)::int as cents, count(*)::int as commissions
    from parts group by 1, 2, 3 order by day, part desc`)
}

function isOpen(affiliateId: string) {
  return sql`c."affiliateId" = ${affiliateId} and c.status in ('PENDING_LOCK', 'LOCKED', 'PARTIALLY_MATURED')`
}
