import { eq, sql } from 'drizzle-orm'
import { affiliateNotes, affiliateProfiles, weoktoUsers } from '#db/schema/all.ts'
import type { NoteState } from '#domain/affiliation/note.ts'
import { AppError } from '#domain/error.ts'
import type { Ctx } from '#api/context.ts'

/** The owner's note on an affiliate with who wrote it when; of somebody who is none there is nothing to note. */
export async function loadNote({ db }: Ctx, affiliateId: string): Promise<Note> {
  const [row] = await db
    .select({
      note: affiliateNotes,
      writtenBy: sql<string | null>`coalesce(${weoktoUsers.displayName}, ${weoktoUsers.email}::text)`,
    })
    .from(affiliateProfiles)
    .leftJoin(affiliateNotes, eq(affiliateNotes.affiliateId, affiliateProfiles.userId))
    .leftJoin(weoktoUsers, eq(weoktoUsers.id, affiliateNotes.writtenBy))
    .where(eq(affiliateProfiles.userId, affiliateId))
    .limit(1)
  if (!row) throw new AppError('not_found')
  if (!row.note) return { text: null, version: 0, writtenAt: null, writtenBy: null }
  const { note: text, version, writtenAt } = row.note
  return { text, version, writtenAt, writtenBy: row.writtenBy }
}

export interface Note extends NoteState {
  writtenAt: Date | null
  /** The writer's name; null when nobody ever wrote, or whoever did is no longer there. */
  writtenBy: string | null
}
