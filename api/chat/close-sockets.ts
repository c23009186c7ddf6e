import { sql, type SQL } from 'drizzle-orm'
import type { Ctx } from '#api/context.ts'
import type { Platform } from '#domain/enums.ts'
import type { Whose } from '#api/realtime/port.ts'

/** Nobody has more channels than this open; a bound so that one sign-out cannot become thousands of requests. */
const CHANNELS_MAX = 500

/**
 * Closes what chat sockets one session still has, for a sign-out or a revoked session. Ask for it after the session's row
 * is gone: then no new ticket can be made from it.
 */
export async function closeSessionSockets(ctx: Ctx, person: { platform: Platform; userId: string }, sessionId: string): Promise<void> {
  const column = person.platform === 'WEOKTO' ? sql`m."weoktoUserId"` : sql`m."stamUserId"`
  await kick(ctx, sql`${column} = ${person.userId}`, { sessionId })
}

/** Closes every socket of a member: a ban, an expired purchase, a change of role. */
export async function closeMemberSockets(ctx: Ctx, memberId: string): Promise<void> {
  await kick(ctx, sql`m.id = ${memberId}`, { memberId })
}

async function kick(ctx: Ctx, which: SQL, whose: Whose): Promise<void> {
  const { rows } = await ctx.db.execute<{ id: string }>(sql`
    select distinct c.id::text as id from community_members m join channels c on c."communityId" = m."communityId"
    where ${which} limit ${CHANNELS_MAX}::int`)
  await ctx.ports.rooms.kick(
    rows.map((row) => row.id),
    whose,
  )
}
