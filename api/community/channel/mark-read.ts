import { sql } from 'drizzle-orm'
import { requireUser } from '#api/authorize.ts'
import type { Ctx } from '#api/context.ts'
import { loadReadable } from './load-readable.ts'

/**
 * Remembers how far someone has read, by `seq` and never by a clock of theirs. Going back changes nothing, and nobody
 * has read what is not written yet. Staff who look on have no mark. The membership is written before the mark, as a message does, so that
 * the two never wait for each other.
 */
export async function markRead(ctx: Ctx, input: { channelId: string; seq: number }): Promise<{ lastReadSeq: number }> {
  const actor = requireUser(ctx)
  const facts = await loadReadable(ctx, actor, input.channelId)
  const seq = Math.min(input.seq, facts.lastSeq)
  if (facts.memberId === null) return { lastReadSeq: seq }
  const now = sql`${ctx.now.toISOString()}::timestamp`
  const { rows } = await ctx.db.execute<{ lastReadSeq: number }>(sql`
    with person as (update community_members set "lastReadAt" = ${now}, "lastActiveAt" = ${now} where id = ${facts.memberId} returning id)
    insert into channel_reads ("channelId", "memberId", "lastReadSeq", "updatedAt")
    select ${facts.channelId}::bigint, person.id, ${seq}::int, ${now} from person
    on conflict ("channelId", "memberId") do update
      set "lastReadSeq" = greatest(channel_reads."lastReadSeq", excluded."lastReadSeq"), "updatedAt" = excluded."updatedAt"
    returning "lastReadSeq"`)
  return { lastReadSeq: rows[0]?.lastReadSeq ?? seq }
}
