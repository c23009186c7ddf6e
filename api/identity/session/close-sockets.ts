import * as z from 'zod/mini'
import { sql, type SQL } from 'drizzle-orm'
import { communityMembers, outbox, stamSessions, weoktoSessions, weoktoUsers } from '#db/schema/all.ts'
import { CHAT_STAFF } from '#domain/access.ts'
import { PLATFORMS, type Platform } from '#domain/base/enums.ts'
import type { Ctx } from '#api/context.ts'
import type { OutboxKind } from '#api/outbox/enqueue.ts'

/** What an outbox row of kind `close-sockets` holds: enough to find the rooms when the rows that it tells of are gone. */
export const SocketsToClose = z.object({
  /** When access went. */
  at: z.iso.datetime(),
  /** Another session has taken the place of these: their windows may come back with it. */
  mayReturn: z.boolean(),
  /** The sessions that ended; null when it is every session of whoever is meant. */
  sessions: z.nullable(z.array(z.string())),
  whose: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('member'), memberId: z.string(), communityId: z.string() }),
    /** `isStaff`: they may sit in rooms of communities whose member they are not. */
    z.object({ kind: z.literal('person'), platform: z.enum(PLATFORMS), userId: z.string(), isStaff: z.boolean() }),
  ]),
  /** Which rooms were told already, and by which row the telling began: set when one row was not enough for all. */
  after: z._default(z.string(), '0'),
  first: z._default(z.nullable(z.string()), null),
})
export type SocketsToClose = z.infer<typeof SocketsToClose>

/** Whose access went: a membership (ban, refund, an expired purchase, a role in its community) or an account (ban, role). */
export type Whose = { memberId: string } | { platform: Platform; userId: string }

type Writing = Pick<Ctx, 'db' | 'now' | 'newId'>

/**
 * The statement that every change which takes access away puts into its batch; `drainSoon` after the batch then closes the sockets at once, and
 * what a room does not take is said again. Sessions have `endSessions`, which says the same of those that it deletes.
 *
 * @waitsFor roles, bans and expiry
 */
export function closeSockets(ctx: Writing, whose: Whose) {
  const promise = (facts: SQL, from: SQL) =>
    ctx.db.execute(promiseToClose(ctx, { facts, from, sessions: sql`null::jsonb`, mayReturn: false }))
  if ('memberId' in whose)
    return promise(
      sql`jsonb_build_object('kind', 'member', 'memberId', m.id, 'communityId', m."communityId")`,
      sql`${communityMembers} m where m.id = ${whose.memberId}`,
    )
  // Whether they were staff until a moment ago is not known any more, so every room of weokto.com's people is told.
  return promise(
    factsOfPerson(whose.platform, sql`${whose.userId}::text`, sql`${whose.platform === 'WEOKTO'}::boolean`),
    sql`(select 1) one`,
  )
}

/** Deletes sessions of one person and closes what sockets they had. With `exactly` the whole batch is undone when another number was there. */
export function endSessions(
  ctx: Writing,
  platform: Platform,
  which: SQL,
  { mayReturn = false, exactly }: { mayReturn?: boolean; exactly?: { guard: string; rows: number } } = {},
) {
  const table = platform === 'WEOKTO' ? weoktoSessions : stamSessions
  const isStaff =
    platform === 'WEOKTO'
      ? sql`exists (select 1 from ${weoktoUsers} who where who.id = ended."userId" and who."userType"::text in ${CHAT_STAFF})`
      : sql`false`
  const promised = promiseToClose(ctx, {
    facts: factsOfPerson(platform, sql`ended."userId"`, isStaff),
    from: sql`ended group by ended."userId"`,
    sessions: sql`jsonb_agg(ended.id)`,
    mayReturn,
  })
  const counted = exactly ? sql`guard(count(*) = ${exactly.rows}, ${exactly.guard})` : sql`count(*)`
  return ctx.db.execute(sql`
    with ended as (delete from ${table} where ${which} returning id, "userId"), promised as (${promised})
    select ${counted} as ok from ended`)
}

const factsOfPerson = (platform: Platform, userId: SQL, isStaff: SQL): SQL =>
  sql`jsonb_build_object('kind', 'person', 'platform', ${platform}::text, 'userId', ${userId}, 'isStaff', ${isStaff})`

function promiseToClose({ now, newId }: Writing, promise: { facts: SQL; from: SQL; sessions: SQL; mayReturn: boolean }): SQL {
  const kind: OutboxKind = 'close-sockets'
  const id = newId()
  const at = now.toISOString()
  return sql`insert into ${outbox} (id, kind, payload, "dedupeKey", "nextAttemptAt", "createdAt")
    select ${id}, ${kind}, jsonb_build_object('at', ${at}::text, 'mayReturn', ${promise.mayReturn}::boolean, 'sessions', ${promise.sessions},
      'whose', ${promise.facts})::text, ${`${kind}:${id}`}, ${at}::timestamp, ${at}::timestamp from ${promise.from}`
}
