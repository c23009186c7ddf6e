import { readDays } from '#domain/base/paris.ts'
import type { LinksAsked } from '#web/data/links.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Chips } from '#web/ui/chips.tsx'
import { Field } from '#web/ui/field.tsx'
import { formatDays } from '#web/ui/format.ts'
import { Select } from '#web/ui/inputs.tsx'

type LinkToolsProps = {
  asked: LinksAsked
  onChange: (change: { state?: string | undefined; sort?: string | undefined; period?: undefined }) => void
}

export function LinkTools({ asked, onChange }: LinkToolsProps) {
  const days = readDays(asked.period)
  const chips = days ? [{ key: 'period', label: m.affiliation_links_on({ days: formatDays(days) }) }] : []
  return (
    <search className="ui-table-tools">
      <Field label={m.base_state()} required={false}>
        <Select
          value={asked.state ?? ''}
          onChange={(event) => onChange({ state: event.target.value || undefined })}
          options={[
            { value: '', label: days ? m.base_all() : m.affiliation_links_kept() },
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
            { value: 'sales', label: m.affiliation_sales() },
            { value: 'commission', label: m.affiliation_commissions() },
          ]}
        />
      </Field>
      <Chips chips={chips} onTakeOff={() => onChange({ period: undefined })} />
    </search>
  )
}
