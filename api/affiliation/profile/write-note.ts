import { eq } from 'drizzle-orm'
import type * as z from 'zod/mini'
import { must, reloading } from '#db/client.ts'
import { affiliateNotes } from '#db/schema/all.ts'
import { decideNote, type NoteState, type WriteNote } from '#domain/affiliation/note.ts'
import { auditStatement } from '#api/audit.ts'
import { requirePermission } from '#api/authorize.ts'
import type { Ctx, UserActor } from '#api/context.ts'
import { loadNote, type Note } from './load-note.ts'

/** Writes, changes or takes away the owner's note on an affiliate, and answers with it as it then stands. The log keeps what it said before. */
export async function writeNote(ctx: Ctx, { id, ...input }: z.infer<typeof WriteNote> & { id: string }): Promise<Note> {
  const owner = requirePermission(ctx, 'affiliation.notes')
  return reloading(async () => {
    const stood = await loadNote(ctx, id)
    const next = decideNote(stood, input)
    if (!next) return stood
    await write(ctx, owner, id, stood, next)
    return { ...next, writtenAt: ctx.now, writtenBy: owner.displayName ?? owner.email }
  })
}

async function write(ctx: Ctx, owner: UserActor, affiliateId: string, stood: NoteState, next: NoteState): Promise<void> {
  const { db, now } = ctx
  const row = { note: next.text, version: next.version, writtenBy: owner.userId, writtenAt: now }
  await db.batch([
    must(
      db,
      'note_unchanged',
      db
        .insert(affiliateNotes)
        .values({ affiliateId, ...row })
        .onConflictDoUpdate({ target: affiliateNotes.affiliateId, set: row, setWhere: eq(affiliateNotes.version, stood.version) }),
    ),
    auditStatement(ctx, {
      action: next.text === null ? 'affiliate.note_removed' : 'affiliate.note_written',
      about: 'weokto_user',
      aboutId: affiliateId,
      before: { note: stood.text },
      after: { note: next.text },
    }),
  ])
}
