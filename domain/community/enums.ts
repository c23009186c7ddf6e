export const MEMBER_ROLES = ['MEMBER', 'MODERATOR', 'ADMIN'] as const
export type MemberRole = (typeof MEMBER_ROLES)[number]
