/** What one may do with guilds, communities and their chat, by whom it is given to (`domain/access.ts`). */
export const COMMUNITY_PERMISSIONS = {
  everyone: ['community.chat'],
  admin: ['community.communities', 'community.channels', 'community.moderation'],
} as const
