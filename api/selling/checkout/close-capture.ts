import { sql, type SQL } from 'drizzle-orm'
import { captureSessions, outbox } from '#db/schema/all.ts'
import type { Ctx } from '#api/context.ts'

/**
 * Closes the endpoint that `which` names, if it is open, and promises its deletion at the vault in the same write: anybody who holds its secret
 * could post a card to it until it expires. A checkout has one open endpoint at most, so this closes one at most.
 */
export function closeCapture(ctx: Ctx, which: SQL) {
  return ctx.db.execute(sql`
    with closed as (
      update ${captureSessions} set "closedAt" = ${ctx.now.toISOString()}::timestamp where ${which} and "closedAt" is null returning id, "uniqueId")
    ${deletionOf(ctx, sql`closed where "uniqueId" is not null`)}`)
}

/**
 * Keeps the name that the vault gave to an endpoint; false when it was closed in the meantime. Whoever closed it knew no name to delete, so the
 * deletion is promised here.
 */
export async function nameCapture(ctx: Ctx, id: string, uniqueId: string): Promise<boolean> {
  const { rows } = await ctx.db.execute<{ isOpen: boolean }>(sql`
    with named as (
      update ${captureSessions} set "uniqueId" = ${uniqueId} where id = ${id} returning id, "uniqueId", "closedAt"),
    gone as (${deletionOf(ctx, sql`named where "closedAt" is not null`)})
    select "closedAt" is null as "isOpen" from named`)
  return rows[0]?.isOpen === true
}

function deletionOf(ctx: Ctx, rows: SQL): SQL {
  const at = ctx.now.toISOString()
  return sql`insert into ${outbox} (id, kind, payload, "dedupeKey", "nextAttemptAt", "createdAt")
    select ${ctx.newId()}, 'delete-capture', "uniqueId", 'delete-capture:' || id, ${at}::timestamp, ${at}::timestamp from ${rows} on conflict do nothing`
}
