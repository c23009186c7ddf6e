import { UNREAD_CAP } from '#domain/community/chat.ts'
import type { MemberRole } from '#domain/community/enums.ts'
import { requireUser } from '#api/authorize.ts'
import type { Ctx } from '#api/context.ts'
import { loadCommunities } from './load-communities.ts'

export interface CommunityListing {
  id: string
  slug: string
  name: string
  role: MemberRole
  /** Unread messages in all readable channels, up to `UNREAD_CAP`. */
  unread: number
  /** Where the community opens; null when it has no channel to read yet. */
  firstChannelId: string | null
}

/** The communities (on WEOKTO: the guild) that this person can enter now. */
export async function listOwnCommunities(ctx: Ctx): Promise<{ communities: CommunityListing[] }> {
  const actor = requireUser(ctx)
  const rows = await loadCommunities(ctx, actor, null)
  const communities = rows.flatMap(({ id, slug, name, channels, member }) => {
    const [first] = channels
    if (member === null || !first) return []
    const unread = channels.reduce((sum, channel) => sum + channel.unread, 0)
    return [{ id, slug, name, role: member.role, unread: Math.min(unread, UNREAD_CAP), firstChannelId: first.channelId }]
  })
  return { communities }
}
