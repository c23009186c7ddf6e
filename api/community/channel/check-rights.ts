import { inArray, sql, type SQL } from 'drizzle-orm'
import { stamSessions, stamUsers, weoktoSessions, weoktoUsers } from '#db/schema/all.ts'
import { CHAT_STAFF } from '#domain/access.ts'
import type { Platform } from '#domain/base/enums.ts'
import { rightsQuestion, type SessionHere } from '#domain/community/chat-frames.ts'
import { decideRead } from '#domain/community/chat.ts'
import { AppError } from '#domain/error.ts'
import type { UserType } from '#domain/identity/enums.ts'
import { provesRoom } from '#api/adapters/rooms/tokens.ts'
import type { Ctx } from '#api/context.ts'
import { readJson } from '#api/webhooks/read-json.ts'
import { channelFacts, factsJson, FactsRow, selectFactsOf } from './facts.ts'

interface Holder extends Record<string, unknown> {
  session: string
  role: UserType
  scopeCustomerId: string | null
  facts: unknown
}

/** The question of a room that stands elsewhere. It proves itself as the API does to it, by the secret they share. */
export async function checkRights(
  ctx: Ctx,
  input: { channelId: string; authorization: string | null; body: string },
): Promise<{ lost: string[] }> {
  const { channelId, authorization } = input
  if (!(await provesRoom(authorization, channelId, ctx.config.ROOM_SECRET, ctx.now))) throw new AppError('unauthorized')
  const question = rightsQuestion.safeParse(readJson(input.body))
  if (!question.success) throw new AppError('bad_request')
  return { lost: await sessionsWithoutRight(ctx, channelId, question.data.sessions) }
}

/**
 * Which of these sessions may no longer read the channel, asked by its room for the sockets in it: those that ended, those of banned people, and
 * those whom the rule for reading refuses now.
 */
export async function sessionsWithoutRight(
  ctx: Pick<Ctx, 'db' | 'now'>,
  channelId: string,
  sessions: readonly SessionHere[],
): Promise<string[]> {
  const idsOf = (platform: Platform): string[] => sessions.filter((session) => session.platform === platform).map(({ id }) => id)
  const [weokto, stam] = await ctx.db.batch([
    ctx.db.execute<Holder>(holdersOf(ctx, 'WEOKTO', channelId, idsOf('WEOKTO'))),
    ctx.db.execute<Holder>(holdersOf(ctx, 'STAM', channelId, idsOf('STAM'))),
  ])
  const kept = new Set(readersAmong([...weokto.rows, ...stam.rows]))
  return sessions.map(({ id }) => id).filter((id) => !kept.has(id))
}

/** Who stands behind each session that still is one, with what is known about them and the channel. */
function holdersOf({ now }: Pick<Ctx, 'now'>, platform: Platform, channelId: string, ids: string[]): SQL {
  const isWeokto = platform === 'WEOKTO'
  const role = isWeokto ? sql`who."userType"::text` : sql`'CLIENT'`
  const scopeCustomerId = isWeokto ? null : sql`s."scopeCustomerId"`
  const isStaff = isWeokto ? sql`(who."userType"::text in ${CHAT_STAFF})` : false
  const facts = selectFactsOf({ platform, userId: sql`s."userId"`, scopeCustomerId }, channelId, isStaff)
  const [sessions, people] = isWeokto ? [weoktoSessions, weoktoUsers] : [stamSessions, stamUsers]
  return sql`
    select s.id as session, ${role} as role, ${scopeCustomerId}::text as "scopeCustomerId", ${factsJson} as facts
    from ${sessions} s join ${people} who on who.id = s."userId" and who."bannedAt" is null
    cross join lateral (${facts}) facts
    where ${inArray(sql`s.id`, ids)} and s."expiresAt" > ${now.toISOString()}::timestamp`
}

function readersAmong(holders: readonly Holder[]): string[] {
  return holders.filter(({ facts, ...holder }) => decideRead(channelFacts(FactsRow.parse(facts), holder)).ok).map(({ session }) => session)
}
