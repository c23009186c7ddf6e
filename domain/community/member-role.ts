import type { MemberRole } from './enums.ts'

const EVERYONE = ['channel.read', 'message.post', 'message.react', 'message.report'] as const
const MODERATION = ['message.delete_any', 'message.pin', 'member.mute', 'member.ban', 'report.decide'] as const
const GOVERNMENT = ['channel.slow_mode', 'channel.read_only', 'channel.arrange', 'words.ban', 'member.promote'] as const

/**
 * What the roles of `community_members` govern: the chat of that one community and nothing else.
 *
 * @waitsFor moderation
 */
export const MEMBER_PERMISSIONS = [...EVERYONE, ...MODERATION, ...GOVERNMENT] as const

export type CommunityPermission = (typeof MEMBER_PERMISSIONS)[number]

const TABLE: Readonly<Record<MemberRole, ReadonlySet<CommunityPermission>>> = {
  MEMBER: new Set(EVERYONE),
  MODERATOR: new Set([...EVERYONE, ...MODERATION]),
  ADMIN: new Set(MEMBER_PERMISSIONS),
}

/**
 * Whether a member of this role may do this in the chat of their own community.
 *
 * @waitsFor moderation
 */
export function canInCommunity(role: MemberRole, permission: CommunityPermission): boolean {
  return TABLE[role].has(permission)
}

const RANK: Readonly<Record<MemberRole, number>> = { MEMBER: 0, MODERATOR: 1, ADMIN: 2 }

/**
 * Muting, banning and deleting act downwards only, so that two moderators cannot silence one another.
 *
 * @waitsFor moderation
 */
export function outranks(actor: MemberRole, target: MemberRole): boolean {
  return RANK[actor] > RANK[target]
}
