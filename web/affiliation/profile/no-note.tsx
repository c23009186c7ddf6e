import { messageOf } from '#web/data/api-error.ts'
import type { Note } from '#web/data/profiles.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Button } from '#web/ui/button.tsx'
import { Notice } from '#web/ui/states.tsx'
import { takeFocus, useWriteNote } from './use-note.ts'

type NoNoteProps = { affiliateId: string; note: Note; removed: string | null; hasFocus: boolean; onWrite: () => void }

/** None yet, or one that was just taken away here and can be put back. */
export function NoNote({ affiliateId, note, removed, hasFocus, onWrite }: NoNoteProps) {
  const restore = useWriteNote(affiliateId)
  return (
    <>
      {removed === null ? (
        <p>{m.affiliation_note_none()}</p>
      ) : (
        <Notice tone="success" title={m.affiliation_note_removed()}>
          <Button
            ref={takeFocus}
            size="small"
            busy={restore.isPending}
            onClick={() => restore.mutate({ id: affiliateId, text: removed, version: note.version })}
          >
            {m.affiliation_note_restore()}
          </Button>
        </Notice>
      )}
      {restore.error && <Notice tone="danger">{messageOf(restore.error)}</Notice>}
      <div>
        <Button ref={hasFocus && removed === null ? takeFocus : null} onClick={onWrite}>
          {m.affiliation_note_write()}
        </Button>
      </div>
    </>
  )
}
