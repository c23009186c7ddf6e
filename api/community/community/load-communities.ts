import { sql, type SQL } from 'drizzle-orm'
import { UNREAD_CAP, decideRead, type ReadRefusal } from '#domain/community/chat.ts'
import {
  channelFacts,
  hasLiveAccess,
  isChatStaff,
  isOpenedByProduct,
  memberJoin,
  onThisSite,
  toMs,
  type FactsRow,
} from '#api/community/channel/facts.ts'
import type { Ctx, UserActor } from '#api/context.ts'

/** A channel with what is known about the person who asks, before it is decided whether they see it. */
export interface ChannelRow extends FactsRow {
  name: string
  slug: string
  description: string | null
  categoryId: string | null
  lastReadSeq: number | null
  /** Other people's messages since then, counted up to `UNREAD_CAP`. */
  unread: number
}

export type CommunityRow = {
  /** What keeps a member out of channels that they would otherwise see: a ban, or access that ended. */
  refusal: ReadRefusal | null
  id: string
  slug: string
  name: string
  categories: { id: string; name: string; slug: string }[]
  channels: ChannelRow[]
  member: { id: string; role: FactsRow['role']; displayName: string | null; avatarUrl: string | null; mutedUntil: number | null } | null
}

const categoriesOf: SQL = sql`(select coalesce(json_agg(json_build_object('id', k.id::text, 'name', k.name, 'slug', k.slug)
  order by k.position, k.id), '[]') from channel_categories k where k."communityId" = co.id)`

const memberOf: SQL = sql`case when m.id is not null then json_build_object('id', m.id, 'role', m.role,
  'displayName', coalesce(m."displayName", u."displayName"), 'avatarUrl', coalesce(m."avatarUrl", u."avatarUrl"),
  'mutedUntil', ${toMs(sql`m."mutedUntil"`)}) end`

// Somebody new does not find years of messages unread: without a mark, counting begins when they joined.
const unreadOf: SQL = sql`(select count(*)::int from (select 1 from messages x where x."channelId" = c.id
  and x.seq > coalesce(r."lastReadSeq", 0) and (r."lastReadSeq" is not null or x."createdAt" >= m."joinedAt")
  and x."memberId" <> m.id and x."deletedAt" is null limit ${UNREAD_CAP}::int) unread)`

const channelsOf = (actor: UserActor): SQL => sql`(select coalesce(json_agg(json_build_object(
    'channelId', c.id::text, 'communityId', co.id, 'platform', co.platform, 'communityIsActive', co."isActive",
    'lastSeq', c."lastSeq", 'isPrivate', c."isPrivate", 'isReadOnly', c."isReadOnly", 'isArchived', false,
    'slowModeSeconds', c."slowModeSeconds", 'memberId', m.id, 'role', m.role, 'displayName', null,
    'memberIsActive', m."isActive", 'bannedAt', ${toMs(sql`m."bannedAt"`)}, 'mutedUntil', ${toMs(sql`m."mutedUntil"`)},
    'hasLiveAccess', ${hasLiveAccess(actor)}, 'isOpenedByProduct', ${isOpenedByProduct(actor)},
    'name', c.name, 'slug', c.slug, 'description', c.description, 'categoryId', c."categoryId"::text,
    'lastReadSeq', r."lastReadSeq", 'unread', ${unreadOf}) order by c.position, c.id), '[]')
  from channels c left join channel_reads r on r."channelId" = c.id and r."memberId" = m.id
  where c."communityId" = co.id and c."archivedAt" is null)`

/**
 * Communities with their channels and this person's place in them, in one round trip: the one with that slug, or all
 * those the person is a member of. Channels they may not read are left out.
 */
export async function loadCommunities(ctx: Ctx, actor: UserActor, slug: string | null): Promise<CommunityRow[]> {
  const which = slug === null ? sql`m.id is not null` : sql`co.slug = ${slug}`
  const { rows } = await ctx.db.execute<Omit<CommunityRow, 'refusal'>>(sql`
    select co.id, co.slug, co.name, ${categoriesOf} as categories, ${channelsOf(actor)} as channels, ${memberOf} as member
    from communities co ${memberJoin(actor)}
    where ${onThisSite(actor.platform, isChatStaff(actor))} and ${which}
    order by co.name, co.id`)
  return rows.map((row) => {
    const decided = row.channels.map((channel) => ({ channel, decision: decideRead(channelFacts(channel, actor)) }))
    const channels = decided.filter(({ decision }) => decision.ok).map(({ channel }) => channel)
    const refusals = decided.flatMap(({ decision }) => (decision.ok ? [] : [decision.code]))
    const { id, slug: itsSlug, name, categories, member } = row
    return { id, slug: itsSlug, name, categories, member, channels, refusal: refusals.find((code) => code !== 'not_found') ?? null }
  })
}
