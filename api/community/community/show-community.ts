import { decidePost, type PostRefusal } from '#domain/community/chat.ts'
import type { MemberRole } from '#domain/community/enums.ts'
import { AppError } from '#domain/error.ts'
import { requireUser } from '#api/authorize.ts'
import { channelFacts } from '#api/community/channel/facts.ts'
import { isChatStaff } from '#api/community/channel/standing.ts'
import type { Ctx, UserActor } from '#api/context.ts'
import { loadCommunities, type ChannelRow, type CommunityRow } from './load-communities.ts'

export interface ChannelListing {
  id: string
  slug: string
  name: string
  description: string | null
  isPrivate: boolean
  isReadOnly: boolean
  slowModeSeconds: number
  lastSeq: number
  /** How far this person has read; 0 when they never opened it. */
  lastReadSeq: number
  unread: number
  /** Why this person cannot write here at the moment; null when they can. Slow mode is left to the moment of writing. */
  postRefusal: PostRefusal | null
}

export interface CommunityView {
  id: string
  slug: string
  name: string
  me: { memberId: string; role: MemberRole; displayName: string | null; avatarUrl: string | null; mutedUntil: string | null } | null
  /** In order; the first one, without id, holds channels that stand in no category, if there are any. */
  categories: { id: string | null; name: string | null; channels: ChannelListing[] }[]
}

/** One community with the channels this person may read, by category, each with its unread count. */
export async function showCommunity(ctx: Ctx, input: { slug: string }): Promise<CommunityView> {
  const actor = requireUser(ctx)
  const [row] = await loadCommunities(ctx, actor, input.slug)
  if (!row || (!row.member && !isChatStaff(actor))) throw new AppError('not_found')
  // Someone who was inside is told why they are not any more; a stranger learns nothing.
  if (row.refusal) throw new AppError(row.refusal)
  return { id: row.id, slug: row.slug, name: row.name, me: meOf(row), categories: byCategory(row, actor, ctx.now) }
}

function meOf({ member }: CommunityRow): CommunityView['me'] {
  if (member === null) return null
  const { id, role, displayName, avatarUrl, mutedUntil } = member
  return { memberId: id, role, displayName, avatarUrl, mutedUntil: mutedUntil?.toISOString() ?? null }
}

function byCategory(row: CommunityRow, actor: UserActor, now: Date): CommunityView['categories'] {
  const groups = [{ id: null, name: null }, ...row.categories.map(({ id, name }) => ({ id, name }))]
  return groups
    .map(({ id, name }) => ({
      id,
      name,
      channels: row.channels.filter((channel) => channel.categoryId === id).map((channel) => toListing(channel, actor, now)),
    }))
    .filter((group) => group.channels.length > 0)
}

function toListing(row: ChannelRow, actor: UserActor, now: Date): ChannelListing {
  const decision = decidePost({ ...channelFacts(row, actor), lastPostedAt: null }, now)
  return {
    id: row.channelId,
    slug: row.slug,
    name: row.name,
    description: row.description,
    isPrivate: row.isPrivate,
    isReadOnly: row.isReadOnly,
    slowModeSeconds: row.slowModeSeconds,
    lastSeq: row.lastSeq,
    lastReadSeq: row.lastReadSeq ?? 0,
    unread: row.unread,
    postRefusal: decision.ok ? null : decision.code,
  }
}
