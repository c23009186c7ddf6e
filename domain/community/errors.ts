/** Refusals of guilds and communities, their chat and its moderation. */
export const COMMUNITY_ERRORS = {
  guild_required: 403,
  guild_change_too_soon: 409,
  not_member: 403,
  access_ended: 403,
  muted: 403,
  chat_banned: 403,
  channel_read_only: 403,
  channel_archived: 410,
  slow_mode: 429,
  message_empty: 422,
  message_too_long: 422,
  message_refused: 422,
  ticket_expired: 401,
} as const
