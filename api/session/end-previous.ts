import { eq } from 'drizzle-orm'
import { stamSessions, weoktoSessions } from '#db/schema/all.ts'
import type { Ctx } from '#api/context.ts'
import { sha256Hex } from '#api/http/secrets.ts'

/** A browser has one session of a site: the new one ends the one before. No statement where it brought none. */
export async function endPrevious({ db, platform }: Ctx, oldToken: string | null) {
  if (!oldToken) return []
  const table = platform === 'WEOKTO' ? weoktoSessions : stamSessions
  return [db.delete(table).where(eq(table.token, await sha256Hex(oldToken)))]
}
