import { useState } from 'react'
import { messageOf } from '#web/data/api-error.ts'
import type { OwnLink } from '#web/data/links.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Button } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { Form } from '#web/ui/form.tsx'
import { Notice } from '#web/ui/states.tsx'
import { fieldProblems, problemsIn } from './link-draft.ts'
import { LinkFields } from './link-fields.tsx'
import { useLinkChange } from './use-link-change.ts'

export function EditDialog({ link, onClose }: { link: OwnLink | undefined; onClose: () => void }) {
  return (
    <Dialog open={link !== undefined} onClose={onClose} title={m.affiliation_form_edit()}>
      {link && <EditForm key={link.id} link={link} onDone={onClose} />}
    </Dialog>
  )
}

function EditForm({ link, onDone }: { link: OwnLink; onDone: () => void }) {
  const [draft, setDraft] = useState({ label: link.label ?? '', campaign: link.campaign ?? '', toPath: link.toPath ?? '' })
  const [tried, setTried] = useState(false)
  const save = useLinkChange()
  const own = problemsIn({ ...draft, code: '' })
  const refused = fieldProblems(save.error, ['label', 'campaign', 'toPath'])
  function submit() {
    setTried(true)
    if (Object.keys(own).length > 0) return
    // An emptied text is taken off the link.
    const change = { label: draft.label.trim() || null, campaign: draft.campaign.trim() || null, toPath: draft.toPath.trim() || null }
    save.mutate({ id: link.id, change, text: m.affiliation_links_done_saved() }, { onSuccess: onDone })
  }
  return (
    <Form className="ui-stack" onSubmit={submit} refusal={save.error}>
      <LinkFields draft={draft} problems={{ ...(tried ? own : {}), ...refused }} onDraft={(change) => setDraft({ ...draft, ...change })} />
      {save.error && Object.keys(refused).length === 0 && <Notice tone="danger">{messageOf(save.error)}</Notice>}
      <Button look="primary" type="submit" busy={save.isPending} block>
        {m.base_save()}
      </Button>
    </Form>
  )
}
