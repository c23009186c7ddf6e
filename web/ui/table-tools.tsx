import * as m from '#web/i18n/paraglide/messages.js'
import { Chips, type Chip } from './chips.tsx'
import { Field } from './field.tsx'
import { Select, TextInput, type Option } from './inputs.tsx'
import type { TableControl } from './table-state.ts'

export type Filter = {
  key: string
  label: string
  options: readonly Option[]
  /** What no choice shows; « Tous » when it shows everything. */
  none?: string
}

type TableToolsProps = { control: TableControl; filters?: readonly Filter[]; chips?: readonly Chip[]; searchLabel?: string }

const NO_FILTERS: readonly Filter[] = []
const NO_CHIPS: readonly Chip[] = []

/** The word one looks for and the filters; both write to the URL, so that a view can be shared. */
export function TableTools({ control, filters = NO_FILTERS, chips = NO_CHIPS, searchLabel }: TableToolsProps) {
  return (
    <search className="ui-table-tools">
      {searchLabel && (
        <Field label={searchLabel} required={false}>
          <TextInput type="search" value={control.state.query} onChange={(event) => control.setQuery(event.target.value)} />
        </Field>
      )}
      {filters.map((filter) => (
        <Field key={filter.key} label={filter.label} required={false}>
          <Select
            options={[{ value: '', label: filter.none ?? m.base_all() }, ...filter.options]}
            value={control.state.filters[filter.key] ?? ''}
            onChange={(event) => control.setFilter(filter.key, event.target.value)}
          />
        </Field>
      ))}
      <Chips chips={chips} onTakeOff={(key) => control.setFilter(key, '')} />
    </search>
  )
}
