import * as m from '#web/i18n/paraglide/messages.js'
import { Field } from '#web/ui/field.tsx'
import { TextInput } from '#web/ui/inputs.tsx'
import type { LinkTexts } from './link-draft.ts'

type LinkFieldsProps = {
  draft: LinkTexts
  problems: Readonly<Record<string, string>>
  onDraft: (change: Partial<LinkTexts>) => void
}

/** What can be changed of a link later, too. */
export function LinkFields({ draft, problems, onDraft }: LinkFieldsProps) {
  return (
    <>
      <Field label={m.affiliation_form_label()} hint={m.affiliation_form_label_hint()} error={problems['label']} optional>
        <TextInput value={draft.label} maxLength={80} onChange={(event) => onDraft({ label: event.target.value })} />
      </Field>
      <Field label={m.affiliation_form_campaign()} hint={m.affiliation_form_campaign_hint()} error={problems['campaign']} optional>
        <TextInput value={draft.campaign} maxLength={120} onChange={(event) => onDraft({ campaign: event.target.value })} />
      </Field>
      <Field label={m.affiliation_form_path()} hint={m.affiliation_form_path_hint()} error={problems['toPath']} optional>
        <TextInput
          value={draft.toPath}
          inputMode="url"
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => onDraft({ toPath: event.target.value })}
        />
      </Field>
    </>
  )
}
