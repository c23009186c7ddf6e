import { sql, type SQL } from 'drizzle-orm'
import * as z from 'zod/mini'
import { UNREAD_CAP, decideRead, type ReadRefusal } from '#domain/community/chat.ts'
import { MEMBER_ROLES } from '#domain/community/enums.ts'
import { channelFacts, factMembers, FactsRow, msOrNull, toMs } from '#api/community/channel/facts.ts'
import { isChatStaff, memberJoin, onThisSite } from '#api/community/channel/standing.ts'
import type { Ctx, UserActor } from '#api/context.ts'

/** A channel with what is known about the person who asks, before it is decided whether they see it. */
const ChannelRow = z.extend(FactsRow, {
  name: z.string(),
  slug: z.string(),
  description: z.nullable(z.string()),
  categoryId: z.nullable(z.string()),
  lastReadSeq: z.nullable(z.int()),
  /** Other people's messages since then, counted up to `UNREAD_CAP`. */
  unread: z.int(),
})
export type ChannelRow = z.infer<typeof ChannelRow>

const JoinedRow = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  categories: z.array(z.object({ id: z.string(), name: z.string(), slug: z.string() })),
  channels: z.array(ChannelRow),
  member: z.nullable(
    z.object({
      id: z.string(),
      role: z.enum(MEMBER_ROLES),
      displayName: z.nullable(z.string()),
      avatarUrl: z.nullable(z.string()),
      mutedUntil: msOrNull(),
    }),
  ),
})

export interface CommunityRow extends z.infer<typeof JoinedRow> {
  /** What keeps a member out of channels that they would otherwise see: a ban, or access that ended. */
  refusal: ReadRefusal | null
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
    ${factMembers(actor)},
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
  const { rows } = await ctx.db.execute(sql`
    select co.id, co.slug, co.name, ${categoriesOf} as categories, ${channelsOf(actor)} as channels, ${memberOf} as member
    from communities co ${memberJoin(actor)}
    where ${onThisSite(actor.platform, isChatStaff(actor))} and ${which}
    order by co.name, co.id`)
  return z.parse(z.array(JoinedRow), rows).map((row) => {
    const decided = row.channels.map((channel) => ({ channel, decision: decideRead(channelFacts(channel, actor)) }))
    const channels = decided.filter(({ decision }) => decision.ok).map(({ channel }) => channel)
    const refusals = decided.flatMap(({ decision }) => (decision.ok ? [] : [decision.code]))
    return { ...row, channels, refusal: refusals.find((code) => code !== 'not_found') ?? null }
  })
}
