import type { LinksAsked } from '#web/data/links.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Field } from '#web/ui/field.tsx'
import { Select } from '#web/ui/inputs.tsx'

type LinkToolsProps = { asked: LinksAsked; onChange: (change: { state?: string | undefined; sort?: string | undefined }) => void }

export function LinkTools({ asked, onChange }: LinkToolsProps) {
  return (
    <search className="ui-table-tools">
      <Field label={m.base_state()} required={false}>
        <Select
          value={asked.state ?? ''}
          onChange={(event) => onChange({ state: event.target.value || undefined })}
          options={[
            { value: '', label: m.affiliation_links_kept() },
            { value: 'active', label: m.affiliation_links_active() },
            { value: 'paused', label: m.affiliation_links_paused() },
            { value: 'archived', label: m.affiliation_links_archived() },
          ]}
        />
      </Field>
      <Field label={m.base_sort_by()} required={false}>
        <Select
          value={asked.sort ?? 'newest'}
          onChange={(event) => onChange({ sort: event.target.value === 'newest' ? undefined : event.target.value })}
          options={[
            { value: 'newest', label: m.affiliation_links_sort_newest() },
            { value: 'clicks', label: m.affiliation_links_sort_clicks() },
            { value: 'sales', label: m.affiliation_links_sort_sales() },
            { value: 'commission', label: m.affiliation_links_sort_commission() },
          ]}
        />
      </Field>
    </search>
  )
}
