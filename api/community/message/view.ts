import { sql, type SQL } from 'drizzle-orm'
import type { ChannelEvent, MessageView } from '#domain/community/chat-frames.ts'

/** How much of the answered message is shown above an answer. */
const EXCERPT_LENGTH = 140

const iso = (instant: SQL): SQL => sql`to_char(${instant}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/**
 * A message as people see it, built in the database so that posting and reading cannot differ. `relation` stands as `x`:
 * the table or what a statement just inserted. The text of a deleted message leaves the database for nobody.
 */
export const selectMessageViews = (relation: SQL): SQL => sql`
  select x.seq, json_build_object(
    'id', x.id::text, 'channelId', x."channelId"::text, 'seq', x.seq, 'clientId', x."clientId",
    'content', case when x."deletedAt" is null then x.content end,
    'createdAt', ${iso(sql`x."createdAt"`)}, 'editedAt', ${iso(sql`x."editedAt"`)}, 'deletedAt', ${iso(sql`x."deletedAt"`)},
    'author', json_build_object('memberId', a.id, 'displayName', coalesce(a."displayName", aw."displayName", ast."displayName"),
      'avatarUrl', coalesce(a."avatarUrl", aw."avatarUrl", ast."avatarUrl"), 'role', a.role),
    'replyTo', case when q.id is not null then json_build_object('id', q.id::text, 'seq', q.seq,
      'displayName', coalesce(qa."displayName", qw."displayName", qs."displayName"),
      'excerpt', case when q."deletedAt" is null then left(q.content, ${EXCERPT_LENGTH}::int) end) end
  ) as view
  from ${relation} x
  join community_members a on a.id = x."memberId"
  left join weokto_users aw on aw.id = a."weoktoUserId"
  left join stam_users ast on ast.id = a."stamUserId"
  left join messages q on q.id = x."replyToId"
  left join community_members qa on qa.id = q."memberId"
  left join weokto_users qw on qw.id = qa."weoktoUserId"
  left join stam_users qs on qs.id = qa."stamUserId"`

export const messageEvent = (message: MessageView): ChannelEvent => ({ seq: message.seq, kind: 'message', message })
