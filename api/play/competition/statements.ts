import { sql } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import { plus } from '#db/counter.ts'
import { competitionLeaderboard, competitions } from '#db/schema/all.ts'
import type { Ctx } from '#api/context.ts'

export interface BoardSale {
  affiliateId: string
  /** The guild at the moment of the sale: it keeps it. */
  guildId: string | null
  salesCents: number
}

/** Adds a sale to every competition that runs now: the affiliate's row on a SOLO board, the guild's on a GUILD one. */
export function boardStatements(ctx: Ctx, sale: BoardSale): BatchItem<'pg'>[] {
  const at = ctx.now.toISOString()
  const running = sql`c."isActive" and c."startDate" <= ${at}::timestamp and ${at}::timestamp < c."endDate"`
  const add = sql`set "totalSales" = ${plus(sql`b."totalSales"`, sql`excluded."totalSales"`)}, "salesCount" = ${plus(sql`b."salesCount"`, 1)}, "updatedAt" = excluded."updatedAt"`
  const solo = sql`
    insert into ${competitionLeaderboard} as b (id, "competitionId", "userId", "totalSales", "salesCount", "updatedAt")
    select gen_random_uuid()::text, c.id, ${sale.affiliateId}, ${sale.salesCents}, 1, ${at}::timestamp from ${competitions} c where c.mode = 'SOLO' and ${running} order by c.id
    on conflict ("competitionId", "userId") do update ${add}`
  if (sale.guildId === null) return [ctx.db.execute(solo)]
  const guild = sql`
    insert into ${competitionLeaderboard} as b (id, "competitionId", "guildId", "totalSales", "salesCount", "updatedAt")
    select gen_random_uuid()::text, c.id, ${sale.guildId}, ${sale.salesCents}, 1, ${at}::timestamp from ${competitions} c where c.mode = 'GUILD' and ${running} order by c.id
    on conflict ("competitionId", "guildId") do update ${add}`
  return [ctx.db.execute(solo), ctx.db.execute(guild)]
}
