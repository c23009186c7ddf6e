import { sql, type SQL } from 'drizzle-orm'
import type { MessageView } from '#domain/community/chat-frames.ts'
import { decidePost, type PostMessage } from '#domain/community/chat.ts'
import { AppError } from '#domain/error.ts'
import { requireUser } from '#api/authorize.ts'
import { channelFacts, factsJson, msOrNull, selectFacts, toMs } from '#api/community/channel/facts.ts'
import { mustRead } from '#api/community/channel/load-readable.ts'
import { isChatStaff } from '#api/community/channel/standing.ts'
import type { Ctx, UserActor } from '#api/context.ts'
import { messageEvent, selectMessageViews } from './view.ts'

type Posted = {
  facts: unknown
  /** The member's newest message before this one, if it is recent enough to matter for slow mode. */
  lastPostedAt: unknown
  replyIsHere: boolean
  message: MessageView | null
}

/**
 * Writes a message and has the room pass it on. Saying the same thing again (same `clientId`) finds what was written
 * the first time, so that a client may retry until it hears an answer.
 */
export async function postMessage(ctx: Ctx, input: PostMessage & { channelId: string }): Promise<MessageView> {
  const actor = requireUser(ctx)
  const posted = await write(ctx, actor, input)
  const facts = mustRead(posted?.facts, actor)
  if (posted?.message) {
    await ctx.ports.rooms.publish(input.channelId, messageEvent(posted.message))
    return posted.message
  }
  const decision = decidePost({ ...channelFacts(facts, actor), lastPostedAt: msOrNull().parse(posted?.lastPostedAt ?? null) }, ctx.now)
  if (!decision.ok) throw new AppError(decision.code)
  if (!posted?.replyIsHere) throw new AppError('invalid_input', undefined, { replyToId: 'not_found' })
  throw new Error(`The statement refused a message in channel ${input.channelId} that the rule allows.`)
}

/**
 * One request, one transaction, no wait on us in between. The first statement queues up behind other writers of the channel;
 * the second then sees all they wrote, so that `seq` has no hole, slow mode no gap, and a `clientId` one message. Rows are
 * taken in the order channel, member, mark, as `markRead` takes them; `no key`, because its mark points at the channel.
 */
async function write(ctx: Ctx, actor: UserActor, input: PostMessage & { channelId: string }): Promise<Posted | undefined> {
  const queueUp = ctx.db.execute(sql`select 1 from channels where id = ${input.channelId}::bigint for no key update`)
  const [, result] = await ctx.db.batch([queueUp, ctx.db.execute<Posted>(postStatement(ctx, actor, input))])
  return result.rows[0]
}

function postStatement(ctx: Ctx, actor: UserActor, input: PostMessage & { channelId: string }): SQL {
  const now = sql`${ctx.now.toISOString()}::timestamp`
  const replyToId = sql`${input.replyToId ?? null}::bigint`
  const mine = sql`messages."channelId" = facts."channelId" and messages."memberId" = facts."memberId"`
  return sql`
    with facts as (${selectFacts(actor, input.channelId)}),
    known as (
      select facts.*,
        (select max("createdAt") from messages where ${mine} and "createdAt" > ${now} - facts."slowModeSeconds" * interval '1 second') as "lastPostedAt",
        (${replyToId} is null or exists (select 1 from messages where messages.id = ${replyToId} and messages."channelId" = facts."channelId")) as "replyIsHere"
      from facts),
    before as (select messages.* from messages, facts where ${mine} and "clientId" = ${input.clientId}),
    placed as (
      update channels set "lastSeq" = channels."lastSeq" + 1 from known
      where channels.id = known."channelId" and not exists (select 1 from before) and known."replyIsHere" and (${mayPost(actor, now)})
      returning channels."lastSeq" as seq),
    written as (
      insert into messages ("channelId", "communityId", "memberId", content, "replyToId", "createdAt", seq, "clientId")
      select known."channelId", known."communityId", known."memberId", ${input.content}, ${replyToId}, ${now}, placed.seq, ${input.clientId}
      from placed, known returning *),
    active as (update community_members set "lastActiveAt" = ${now} from known where community_members.id = known."memberId" and exists (select 1 from placed) returning 1),
    seen as (
      insert into channel_reads ("channelId", "memberId", "lastReadSeq", "updatedAt")
      select written."channelId", written."memberId", written.seq, ${now} from written, active
      on conflict ("channelId", "memberId") do update set "lastReadSeq" = greatest(channel_reads."lastReadSeq", excluded."lastReadSeq"), "updatedAt" = excluded."updatedAt"),
    message as (${selectMessageViews(sql`(select * from written union all select * from before)`)})
    select ${factsJson} as facts, ${toMs(sql`facts."lastPostedAt"`)} as "lastPostedAt", facts."replyIsHere", message.view as message
    from known facts left join message on true`
}

/** `decidePost` said in SQL, for the moment of writing; `post-message.test.ts` holds the two together. */
function mayPost(actor: UserActor, now: SQL): SQL {
  const staff = isChatStaff(actor) ? sql`true` : sql`false`
  const moderates = sql`known.role::text <> 'MEMBER'`
  return sql`known."memberId" is not null and known."memberIsActive" and known."hasLiveAccess" and known."bannedAt" is null
    and (known."communityIsActive" or ${staff})
    and (not known."isPrivate" or known."isOpenedByProduct" or ${moderates} or ${staff})
    and (known."mutedUntil" is null or known."mutedUntil" <= ${now})
    and not known."isArchived"
    and (${moderates} or (not known."isReadOnly" and (known."slowModeSeconds" = 0 or known."lastPostedAt" is null
      or known."lastPostedAt" + known."slowModeSeconds" * interval '1 second' <= ${now})))`
}
