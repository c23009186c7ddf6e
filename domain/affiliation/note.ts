import * as z from 'zod/mini'
import { paragraph } from '#domain/base/text.ts'
import { AppError } from '#domain/error.ts'

export const MAX_NOTE_LENGTH = 1000

/** What the owner writes about an affiliate; nothing takes the note away. `version` is that of the note that they had before their eyes. */
export const WriteNote = z.object({
  text: paragraph(MAX_NOTE_LENGTH, 0),
  version: z.number().check(z.int(), z.minimum(0)),
})

/** A note as it stands; version 0 and no text while none was ever written. */
export interface NoteState {
  text: string | null
  version: number
}

/**
 * The note to write, or null when it says so already, which also answers whoever asks again. Throws `note_changed` when somebody wrote meanwhile:
 * what they wrote is shown before it is replaced. Source: the owner's affiliates, 360° page.
 */
export function decideNote(stood: NoteState, { text: typed, version }: z.infer<typeof WriteNote>): NoteState | null {
  const text = typed === '' ? null : typed
  if (text === stood.text) return null
  if (version !== stood.version) throw new AppError('note_changed')
  return { text, version: version + 1 }
}
