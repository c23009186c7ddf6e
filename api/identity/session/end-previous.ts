import { eq } from 'drizzle-orm'
import { stamSessions, weoktoSessions } from '#db/schema/all.ts'
import type { Ctx } from '#api/context.ts'
import { sha256Hex } from '#api/crypto.ts'
import { endSessions } from './close-sockets.ts'

/** A browser has one session of a site: the new one ends the one before, whose windows may come back with it. No statement where it brought none. */
export async function endPrevious(ctx: Ctx, oldToken: string | null) {
  if (!oldToken) return []
  const table = ctx.platform === 'WEOKTO' ? weoktoSessions : stamSessions
  return [endSessions(ctx, ctx.platform, eq(table.token, await sha256Hex(oldToken)), { mayReturn: true })]
}
