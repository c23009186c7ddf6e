import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { noteQuery } from '#web/data/profiles.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Card } from '#web/ui/card.tsx'
import { NoNote } from './no-note.tsx'
import { NoteForm } from './note-form.tsx'
import { StandingNote } from './standing-note.tsx'

/** What the owner keeps in mind about an affiliate, who never learns of it. */
export function NoteCard({ affiliateId }: { affiliateId: string }) {
  const { data: note } = useSuspenseQuery(noteQuery(affiliateId))
  const [isOpen, setOpen] = useState(false)
  // Whoever comes back from the form goes on from the button that opens it.
  const [wasOpen, setWasOpen] = useState(false)
  const [removed, setRemoved] = useState<{ text: string; version: number }>()
  function close() {
    setOpen(false)
    setWasOpen(true)
  }
  const common = { affiliateId, note, hasFocus: wasOpen, onWrite: () => setOpen(true) }
  return (
    <Card title={m.affiliation_note_title()}>
      <div className="ui-stack">
        <p className="ui-small ui-muted">{m.affiliation_note_lead()}</p>
        {isOpen ? (
          <NoteForm affiliateId={affiliateId} note={note} onDone={close} />
        ) : note.text === null ? (
          <NoNote {...common} removed={removed?.version === note.version ? removed.text : null} />
        ) : (
          <StandingNote {...common} text={note.text} onRemove={(text) => setRemoved({ text, version: note.version + 1 })} />
        )}
      </div>
    </Card>
  )
}
