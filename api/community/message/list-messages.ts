import { sql, type SQL } from 'drizzle-orm'
import type { MessageView } from '#domain/community/chat-frames.ts'
import type { ListMessages } from '#domain/community/chat.ts'
import { requireUser } from '#api/authorize.ts'
import { factsJson, selectFacts } from '#api/community/channel/facts.ts'
import { mustRead } from '#api/community/channel/load-readable.ts'
import type { Ctx } from '#api/context.ts'
import { selectMessageViews } from './view.ts'

export interface MessagePage {
  /** In the order they were written, whichever way was asked. */
  messages: MessageView[]
  hasMoreBefore: boolean
  hasMoreAfter: boolean
  /** The channel's newest `seq` when this was read. */
  lastSeq: number
}

/** History, both ways from a `seq`, the newest page when none is given. Deleted messages keep their place as tombstones. */
export async function listMessages(ctx: Ctx, input: ListMessages & { channelId: string }): Promise<MessagePage> {
  const actor = requireUser(ctx)
  const { rows } = await ctx.db.execute<{ facts: unknown; messages: MessageView[] | null }>(sql`
    with facts as (${selectFacts(actor, input.channelId)}),
    message as (${selectMessageViews(page(input))})
    select ${factsJson} as facts, (select json_agg(message.view order by message.seq) from message) as messages from facts`)
  const facts = mustRead(rows[0]?.facts, actor)
  const messages = rows[0]?.messages ?? []
  const first = messages[0]?.seq ?? (input.after === undefined ? 1 : input.after + 1)
  const last = messages.at(-1)?.seq ?? (input.before === undefined ? facts.lastSeq : input.before - 1)
  return { messages, hasMoreBefore: first > 1, hasMoreAfter: last < facts.lastSeq, lastSeq: facts.lastSeq }
}

/** `seq` is gapless from 1, so that the ends of a page say whether there is more. */
function page({ before, after, limit }: ListMessages): SQL {
  const since = after === undefined ? sql`` : sql` and seq > ${after}::int`
  const until = before === undefined ? sql`` : sql` and seq < ${before}::int`
  const order = after === undefined ? sql`desc` : sql`asc`
  return sql`(select messages.* from messages, facts where messages."channelId" = facts."channelId"${since}${until} order by seq ${order} limit ${limit}::int)`
}
