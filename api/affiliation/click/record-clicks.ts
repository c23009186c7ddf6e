import { sql } from 'drizzle-orm'
import { lockNames, type Db } from '#db/client.ts'
import { plus } from '#db/counter.ts'
import { parisDate, startOfParisDate } from '#db/paris.ts'
import { affiliateDailyStats, affiliateLinks, affiliateTrackingEvents } from '#db/schema/all.ts'
import { DEFAULT_POLICY } from '#domain/base/policy.ts'
import { policyCount } from '#api/policy.ts'
import type { ReadClick } from './click-message.ts'

export type ClickRow = ReadClick & { visitorHash: string }

/**
 * One transaction: the links' locks, then one statement that inserts what is new, fills in what a sale wrote first, and adds to the day's
 * counters only the rows it really counted. A sale leaves `fingerprint` empty, so a row that has one is in the counters already.
 *
 * The locks make two batches with the same link wait for one another. Without them each would miss the other's first click of a visitor, and
 * both would call it unique. They are taken in order, so that batches cannot lock each other out.
 *
 * A click is unique when its visitor's mark is new to the link and its network has not had the policy's number of unique ones there that day: marks
 * are cheap to change, networks are not. What is neither unique nor filtered came again, if its visitor has a unique click about then, and is over
 * its network's number otherwise.
 */
export async function recordClicks(db: Db, rows: readonly ClickRow[], now: Date): Promise<void> {
  const locks = lockNames(
    db,
    rows.map(({ linkId }) => `clicks ${linkId}`),
  )
  await db.batch([locks, db.execute(recording(rows, now))])
}

/** The click's own id serves as the row's, so that a sale and the consumer name the same row without asking. */
function recording(rows: readonly ClickRow[], now: Date) {
  const wire = JSON.stringify(rows.map(wireOf))
  const e = affiliateTrackingEvents
  const most = policyCount(now, ['clicks', 'uniquePerNetworkDay'], DEFAULT_POLICY.clicks.uniquePerNetworkDay)
  return sql`
    with arrived as (
      select distinct on (m."clickId") m.*
      from jsonb_to_recordset(${wire}::jsonb) as m("clickId" text, "affiliateId" text, "linkId" text, "productId" text, platform platform,
        campaign text, source text, medium text, utm jsonb, ip text, "userAgent" text, country text, city text, "subId" text,
        "visitorHash" text, "filteredReason" text, "landingPath" text, referrer text, "createdAt" timestamp(3), "expiresAt" timestamp(3))
      join ${affiliateLinks} l on l.id = m."linkId" and l."affiliateId" = m."affiliateId" and l."productId" is not distinct from m."productId"
      left join ${e} known on known."clickId" = m."clickId"
      where known.fingerprint is null
      order by m."clickId"
    ), ranked as (
      select a.*, a."filteredReason" is null and row_number() over (
        partition by a."linkId", a."visitorHash", a."filteredReason" is null order by a."createdAt", a."clickId") = 1 as first
      from arrived a
    ), judged as (
      select r.*, r.first and not exists (
        select from ${e} seen where seen."linkId" = r."linkId" and seen."visitorHash" = r."visitorHash" and seen."isUnique"
          and seen."createdAt" > r."createdAt" - ${uniqueWindow(now)} and seen."createdAt" < r."createdAt" + ${uniqueWindow(now)}) as "isNew",
        ${parisDate(sql`r."createdAt"`)} as day
      from ranked r
    ), capped as (
      select j.*, j."isNew" and (j.ip is null or row_number() over (partition by j."linkId", j.ip, j.day, j."isNew" order by j."createdAt", j."clickId")
        + (select count(*) from (select from ${e} seen where j."isNew" and seen."linkId" = j."linkId" and seen.ip = j.ip and seen."isUnique"
          and seen."createdAt" >= ${startOfParisDate(sql`j.day`)} and seen."createdAt" < ${startOfParisDate(sql`j.day + 1`)}) as taken) <= ${most}) as "isUnique"
      from judged j
    ), counted as (
      insert into ${e} as e (id, "clickId", "affiliateId", "linkId", "productId", platform, campaign, source, medium, utm, ip, "userAgent",
        fingerprint, country, city, "subId", "visitorHash", "isUnique", "filteredReason", "landingPath", referrer, "createdAt", "expiresAt")
      select "clickId", "clickId", "affiliateId", "linkId", "productId", platform, campaign, source, medium, utm, ip, "userAgent",
        "visitorHash", country, city, "subId", "visitorHash", "isUnique", "filteredReason", "landingPath", referrer, "createdAt", "expiresAt"
      from capped order by "clickId"
      on conflict ("clickId") do update set "linkId" = excluded."linkId", platform = excluded.platform, campaign = excluded.campaign,
        source = excluded.source, medium = excluded.medium, utm = excluded.utm, ip = excluded.ip, "userAgent" = excluded."userAgent",
        fingerprint = excluded.fingerprint, country = excluded.country, city = excluded.city, "subId" = excluded."subId",
        "visitorHash" = excluded."visitorHash", "isUnique" = excluded."isUnique", "filteredReason" = excluded."filteredReason",
        "landingPath" = excluded."landingPath", referrer = excluded.referrer, "createdAt" = excluded."createdAt"
      where e.fingerprint is null and e."affiliateId" = excluded."affiliateId"
      returning e."affiliateId", e."linkId", e."productId", e."createdAt", e."isUnique", e."filteredReason"
    )
    insert into ${affiliateDailyStats} as s ("affiliateId", "linkId", "productId", day, "grossClicks", "uniqueClicks", "filteredClicks")
    select "affiliateId", "linkId", coalesce("productId", ''), ${parisDate(sql`counted."createdAt"`)},
      count(*) filter (where "filteredReason" is null), count(*) filter (where "isUnique"), count(*) filter (where "filteredReason" is not null)
    from counted group by 1, 2, 3, 4 order by 1, 2, 3, 4
    on conflict ("affiliateId", "linkId", "productId", day) do update set
      "grossClicks" = ${plus(sql`s."grossClicks"`, sql`excluded."grossClicks"`)},
      "uniqueClicks" = ${plus(sql`s."uniqueClicks"`, sql`excluded."uniqueClicks"`)},
      "filteredClicks" = ${plus(sql`s."filteredClicks"`, sql`excluded."filteredClicks"`)}`
}

function uniqueWindow(now: Date) {
  return sql`make_interval(hours => ${policyCount(now, ['clicks', 'uniqueWindowHours'], DEFAULT_POLICY.clicks.uniqueWindowHours)})`
}

function wireOf({ clickedAt, expiresAt, ...row }: ClickRow) {
  const utm = Object.fromEntries(Object.entries(row.utm ?? {}).filter(([, value]) => value !== null))
  return {
    ...row,
    utm: Object.keys(utm).length > 0 ? utm : null,
    createdAt: new Date(clickedAt).toISOString(),
    expiresAt: new Date(expiresAt).toISOString(),
  }
}
