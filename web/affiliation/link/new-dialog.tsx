import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { messageOf } from '#web/data/api-error.ts'
import { createLink } from '#web/data/links.ts'
import { useChange } from '#web/data/mutation.ts'
import { marketplaceQuery } from '#web/data/products.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Button } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { Field } from '#web/ui/field.tsx'
import { Form } from '#web/ui/form.tsx'
import { Select, TextInput, type Option } from '#web/ui/inputs.tsx'
import { Loading, SkeletonRows } from '#web/ui/skeleton.tsx'
import { EmptyState, Notice } from '#web/ui/states.tsx'
import { LinkFields } from './link-fields.tsx'
import { fieldProblems, newLinkOf, noDraft, problemsIn, targetOptions } from './link-draft.ts'

type NewDialogProps = {
  /** The product to begin with, `any` for none in particular; undefined while closed. */
  target: string | undefined
  onClose: () => void
  onMade: (id: string, sub: string) => void
}

export function NewDialog({ target, onClose, onMade }: NewDialogProps) {
  const open = target !== undefined
  const { data } = useQuery({ ...marketplaceQuery, enabled: open })
  const options = data && targetOptions(data.products)
  return (
    <Dialog open={open} onClose={onClose} title={m.affiliation_links_new()}>
      {!options && (
        <Loading>
          <SkeletonRows rows={4} />
        </Loading>
      )}
      {options?.length === 0 && (
        <EmptyState icon="shop" title={m.affiliation_market_none()}>
          {m.affiliation_market_none_text()}
        </EmptyState>
      )}
      {options && options.length > 0 && <NewForm options={options} target={target} onMade={onMade} />}
    </Dialog>
  )
}

type NewFormProps = Pick<NewDialogProps, 'target' | 'onMade'> & { options: readonly Option[] }

function NewForm({ options, target, onMade }: NewFormProps) {
  const first = options.find((option) => option.value === `product:${target ?? ''}`) ?? options[0]
  const [draft, setDraft] = useState({ ...noDraft, target: first?.value ?? '' })
  const [tried, setTried] = useState(false)
  // The list holds the new link when its share sheet opens on it.
  const make = useChange(createLink, { onDone: ({ id }) => onMade(id, draft.sub.trim()) })
  const refused = fieldProblems(make.error, ['label', 'campaign', 'toPath', 'code'])
  const problems = { ...(tried ? problemsIn(draft) : {}), ...refused }
  function submit() {
    setTried(true)
    if (Object.keys(problemsIn(draft)).length === 0) make.mutate(newLinkOf(draft))
  }
  return (
    <Form className="ui-stack" onSubmit={submit} refusal={make.error}>
      <Field label={m.affiliation_form_target()}>
        <Select options={options} value={draft.target} onChange={(event) => setDraft({ ...draft, target: event.target.value })} />
      </Field>
      <LinkFields draft={draft} problems={problems} onDraft={(change) => setDraft({ ...draft, ...change })} />
      <Field label={m.affiliation_form_code()} hint={m.affiliation_form_code_hint()} error={problems['code']} optional>
        <TextInput
          value={draft.code}
          autoCapitalize="none"
          spellCheck={false}
          maxLength={40}
          onChange={(event) => setDraft({ ...draft, code: event.target.value })}
        />
      </Field>
      <Field label={m.affiliation_form_sub()} hint={m.affiliation_form_sub_hint()} optional>
        <TextInput value={draft.sub} maxLength={100} onChange={(event) => setDraft({ ...draft, sub: event.target.value })} />
      </Field>
      {make.error && Object.keys(refused).length === 0 && <Notice tone="danger">{messageOf(make.error)}</Notice>}
      <Button look="primary" icon="link" type="submit" busy={make.isPending} block>
        {m.affiliation_form_make()}
      </Button>
    </Form>
  )
}
