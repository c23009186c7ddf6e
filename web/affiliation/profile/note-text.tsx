import './profile.css'
import type { Note } from '#web/data/profiles.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { formatDateTime } from '#web/ui/format.ts'

/** A note as it was typed, line by line, with who wrote it when. */
export function NoteText({ note: { text, writtenAt, writtenBy } }: { note: Note }) {
  const at = writtenAt && formatDateTime(writtenAt)
  return (
    <>
      <p className="profile-note">{text ?? m.affiliation_note_none()}</p>
      {at && (
        <p className="ui-small ui-muted">
          {writtenBy === null ? m.affiliation_note_at({ at }) : m.affiliation_note_by({ name: writtenBy, at })}
        </p>
      )}
    </>
  )
}
