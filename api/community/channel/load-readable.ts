import { sql } from 'drizzle-orm'
import { decideRead } from '#domain/community/chat.ts'
import { AppError } from '#domain/error.ts'
import type { Ctx, UserActor } from '#api/context.ts'
import { channelFacts, factsJson, selectFacts, type FactsRow } from './facts.ts'

/** Refuses unless these facts let the person read the channel; gives the facts back, now certain to be there. */
export function mustRead(row: FactsRow | null | undefined, actor: UserActor): FactsRow {
  if (!row) throw new AppError('not_found')
  const decision = decideRead(channelFacts(row, actor))
  if (!decision.ok) throw new AppError(decision.code)
  return row
}

/** For use-cases that need nothing but the right to read: one round trip. */
export async function loadReadable(ctx: Ctx, actor: UserActor, channelId: string): Promise<FactsRow> {
  const { rows } = await ctx.db.execute<{ facts: FactsRow }>(
    sql`with facts as (${selectFacts(actor, channelId)}) select ${factsJson} as facts from facts`,
  )
  return mustRead(rows[0]?.facts, actor)
}
