import { sql } from 'drizzle-orm'
import type { Ctx } from '#api/context.ts'

const BATCH = 5_000
/** A run takes at most this many portions; what is left waits five minutes. */
const MOST_BATCHES = 40

/** Moves what is due from LOCKED to AVAILABLE. All of the rule stands in one set-based function, so that runs may overlap, stop or come late. */
export async function matureCommissions(ctx: Ctx): Promise<{ portions: number }> {
  let portions = 0
  for (let batch = 0; batch < MOST_BATCHES; batch++) {
    const { rows } = await ctx.db.execute<{ portions: number }>(
      sql`select portions from mature_commissions(${ctx.now.toISOString()}::timestamp, ${BATCH})`,
    )
    const moved = rows[0]?.portions ?? 0
    portions += moved
    if (moved === 0) break
  }
  return { portions }
}
