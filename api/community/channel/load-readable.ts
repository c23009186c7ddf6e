import { sql } from 'drizzle-orm'
import { decideRead } from '#domain/community/chat.ts'
import { AppError } from '#domain/error.ts'
import type { Ctx, UserActor } from '#api/context.ts'
import { channelFacts, factsJson, FactsRow, selectFacts } from './facts.ts'

/** Reads the JSON of `factsJson`, and refuses unless there is one that lets the person read the channel. */
export function mustRead(json: unknown, actor: UserActor): FactsRow {
  if (json === null || json === undefined) throw new AppError('not_found')
  const row = FactsRow.parse(json)
  const decision = decideRead(channelFacts(row, actor))
  if (!decision.ok) throw new AppError(decision.code)
  return row
}

/** For use-cases that need nothing but the right to read: one round trip. */
export async function loadReadable(ctx: Ctx, actor: UserActor, channelId: string): Promise<FactsRow> {
  const { rows } = await ctx.db.execute<{ facts: unknown }>(
    sql`with facts as (${selectFacts(actor, channelId)}) select ${factsJson} as facts from facts`,
  )
  return mustRead(rows[0]?.facts, actor)
}
