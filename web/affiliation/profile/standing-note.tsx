import { messageOf } from '#web/data/api-error.ts'
import type { Note } from '#web/data/profiles.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Button } from '#web/ui/button.tsx'
import { Notice } from '#web/ui/states.tsx'
import { NoteText } from './note-text.tsx'
import { takeFocus, useWriteNote } from './use-note.ts'

type StandingNoteProps = {
  affiliateId: string
  note: Note
  text: string
  hasFocus: boolean
  onWrite: () => void
  /** Told what was taken away, so that it can be put back: nothing asks first. */
  onRemove: (text: string) => void
}

export function StandingNote({ affiliateId, note, text, hasFocus, onWrite, onRemove }: StandingNoteProps) {
  const remove = useWriteNote(affiliateId)
  function takeAway() {
    onRemove(text)
    remove.mutate({ id: affiliateId, text: '', version: note.version })
  }
  return (
    <>
      <NoteText note={note} />
      {remove.error && <Notice tone="danger">{messageOf(remove.error)}</Notice>}
      <div className="ui-row">
        <Button ref={hasFocus ? takeFocus : null} onClick={onWrite}>
          {m.affiliation_note_change()}
        </Button>
        <Button look="quiet" busy={remove.isPending} onClick={takeAway}>
          {m.affiliation_note_remove()}
        </Button>
      </div>
    </>
  )
}
