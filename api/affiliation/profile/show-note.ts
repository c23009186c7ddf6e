import { requirePermission } from '#api/authorize.ts'
import type { Ctx } from '#api/context.ts'
import { loadNote } from './load-note.ts'

/** The owner's note on one affiliate. Nobody else learns that there is one. */
export async function showNote(ctx: Ctx, { id }: { id: string }) {
  requirePermission(ctx, 'affiliation.notes')
  return loadNote(ctx, id)
}
