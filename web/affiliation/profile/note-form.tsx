import { useState } from 'react'
import { MAX_NOTE_LENGTH } from '#domain/affiliation/note.ts'
import { lengthOf } from '#domain/base/text.ts'
import { ApiError, messageOf } from '#web/data/api-error.ts'
import type { Note } from '#web/data/profiles.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Button } from '#web/ui/button.tsx'
import { Field } from '#web/ui/field.tsx'
import { Form } from '#web/ui/form.tsx'
import { Textarea } from '#web/ui/inputs.tsx'
import { Notice } from '#web/ui/states.tsx'
import { toast } from '#web/ui/toasts.tsx'
import { NoteText } from './note-text.tsx'
import { isChanged, takeFocus, useWriteNote } from './use-note.ts'

type NoteFormProps = { affiliateId: string; note: Note; onDone: () => void }

/**
 * The note being written. When somebody writes another one meanwhile, theirs is shown above this one, which stays: from then on saving replaces what
 * has been read.
 */
export function NoteForm({ affiliateId, note, onDone }: NoteFormProps) {
  const [seen] = useState(note.version)
  const [text, setText] = useState(note.text ?? '')
  const [isTried, setTried] = useState(false)
  const save = useWriteNote(affiliateId)
  const isOther = note.version !== seen
  const isLong = lengthOf(text.trim()) > MAX_NOTE_LENGTH
  const refused = save.error instanceof ApiError ? save.error.fields['text'] : undefined
  const tooLong = isTried && isLong ? m.affiliation_note_long({ most: MAX_NOTE_LENGTH }) : undefined
  function submit() {
    setTried(true)
    if (isLong || save.isPending) return
    save.mutate({ id: affiliateId, text, version: note.version }, { onSuccess: done })
  }
  function done({ text: saved }: Note) {
    toast(saved === null ? m.affiliation_note_removed() : m.affiliation_note_saved())
    onDone()
  }
  return (
    <Form className="ui-stack" onSubmit={submit} refusal={save.error}>
      {isOther && (
        <Notice tone="danger" title={m.affiliation_note_other()}>
          <p>{m.affiliation_note_other_text()}</p>
          <NoteText note={note} />
        </Notice>
      )}
      <Field
        label={m.affiliation_note_text()}
        hint={m.affiliation_note_hint({ most: MAX_NOTE_LENGTH })}
        error={tooLong ?? refused}
        required={false}
      >
        <Textarea ref={takeFocus} rows={5} value={text} onChange={(event) => setText(event.target.value)} />
      </Field>
      {save.error && !refused && !isChanged(save.error) && <Notice tone="danger">{messageOf(save.error)}</Notice>}
      <div className="ui-row">
        <Button look="primary" type="submit" busy={save.isPending}>
          {isOther ? m.affiliation_note_replace() : m.base_save()}
        </Button>
        <Button look="quiet" onClick={onDone}>
          {m.base_cancel()}
        </Button>
      </div>
    </Form>
  )
}
