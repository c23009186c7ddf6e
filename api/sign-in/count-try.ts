import { and, eq, isNull, lt, sql } from 'drizzle-orm'
import { magicLinkTokens } from '#db/schema/all.ts'
import { MAX_CODE_TRIES } from '#domain/sign-in.ts'
import { AppError } from '#domain/error.ts'
import type { Ctx } from '#api/context.ts'

/**
 * Takes one of the tries that a code bears, before the code is looked at: guesses that arrive together, from however many networks, get no more
 * of them than guesses one after the other. Throws `link_expired` when none is left or the code served.
 */
export async function countTry(ctx: Ctx, linkId: string): Promise<void> {
  const taken = await ctx.db
    .update(magicLinkTokens)
    .set({ tries: sql`${magicLinkTokens.tries} + 1` })
    .where(and(eq(magicLinkTokens.id, linkId), isNull(magicLinkTokens.usedAt), lt(magicLinkTokens.tries, MAX_CODE_TRIES)))
    .returning({ id: magicLinkTokens.id })
  if (taken.length === 0) throw new AppError('link_expired')
}
