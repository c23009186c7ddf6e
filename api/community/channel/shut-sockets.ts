import { sql, type SQL } from 'drizzle-orm'
import type { ChannelKick } from '#api/adapters/rooms/port.ts'
import type { Ctx } from '#api/context.ts'
import { SocketsToClose } from '#api/identity/session/close-sockets.ts'
import { outboxStatement } from '#api/outbox/enqueue.ts'
import { staffMemberId } from './open-ticket.ts'

/** Rooms told for one outbox row; the next ones are told for a row of their own. */
const ROOMS_AT_ONCE = 200
/** Sessions named in one publication: far below its limit. */
const SESSIONS_AT_ONCE = 500
/** Whoever asked for a ticket while access went was answered within this: their sockets go too. */
const LONGEST_REQUEST_MS = 60_000

interface Place extends Record<string, unknown> {
  channelId: string
  memberId: string | null
}

/** Tells the rooms. Rejects when one did not take it: then all of this row's are told again, which changes nothing where it was heard. */
export async function shutSockets(ctx: Ctx, row: { id: string; payload: string }): Promise<{ hasMore: boolean }> {
  const meant = SocketsToClose.parse(JSON.parse(row.payload))
  const { rows } = await ctx.db.execute<Place>(placesOf(meant))
  const last = rows[ROOMS_AT_ONCE - 1]
  if (last) await tellNext(ctx, row.id, { ...meant, after: last.channelId })
  const before = new Date(Math.min(ctx.clock().getTime(), new Date(meant.at).getTime() + LONGEST_REQUEST_MS))
  const taken = await ctx.ports.rooms.kick(
    rows.flatMap((place) => kicksOf(meant, place)),
    { before, mayReturn: meant.mayReturn },
  )
  if (!taken) throw new Error('A room did not answer.')
  return { hasMore: last !== undefined }
}

/** Whoever is a member sits in a room as one, staff elsewhere under their own name. */
function kicksOf({ sessions, whose }: SocketsToClose, { channelId, memberId }: Place): ChannelKick[] {
  if (sessions) {
    const starts = Array.from({ length: Math.ceil(sessions.length / SESSIONS_AT_ONCE) }, (_, n) => n * SESSIONS_AT_ONCE)
    return starts.map((at) => ({ channelId, members: [], sessions: sessions.slice(at, at + SESSIONS_AT_ONCE) }))
  }
  const asMember = memberId === null ? [] : [memberId]
  return [{ channelId, members: whose.kind === 'person' ? [...asMember, staffMemberId(whose.userId)] : asMember, sessions: [] }]
}

/** The rooms in which they may sit, in the order of their channels. */
function placesOf({ whose, after }: SocketsToClose): SQL {
  const page = sql`c.id > ${after}::bigint order by c.id limit ${ROOMS_AT_ONCE}::int`
  if (whose.kind === 'member')
    return sql`select c.id::text as "channelId", ${whose.memberId}::text as "memberId" from channels c
      where c."communityId" = ${whose.communityId} and ${page}`
  const theirs = whose.platform === 'WEOKTO' ? sql`m."weoktoUserId"` : sql`m."stamUserId"`
  return sql`select c.id::text as "channelId", m.id as "memberId" from channels c
    ${whose.isStaff ? sql`left join` : sql`join`} community_members m on m."communityId" = c."communityId" and ${theirs} = ${whose.userId}
    where ${page}`
}

/** Written before these rooms are told, so that one which does not answer keeps no other from hearing; once, however often this row is tried. */
async function tellNext(ctx: Ctx, rowId: string, next: SocketsToClose): Promise<void> {
  const first = next.first ?? rowId
  await outboxStatement(
    { ...ctx, now: ctx.clock() },
    { kind: 'close-sockets', payload: JSON.stringify({ ...next, first }), dedupeKey: `close-sockets:${first}:${next.after}` },
  )
}
