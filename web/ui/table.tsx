import type { ReactNode } from 'react'
import * as m from '#web/i18n/paraglide/messages.js'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import { Skeleton } from './skeleton.tsx'
import type { TableControl } from './table-state.ts'

export type Column<Row> = {
  /** A column whose key its list may be sorted by has a header to press. */
  key: string
  header: string
  cell: (row: Row) => ReactNode
  /** Amounts and counts stand at the end so that their digits line up. */
  end?: boolean
}

type TableProps<Row> = {
  /** Read by screen readers before the rows. */
  caption: string
  columns: ReadonlyArray<Column<Row>>
  rows: readonly Row[]
  rowKey: (row: Row) => string
  control?: TableControl
  /** Shown in place of the rows when there are none. */
  empty?: ReactNode
  selectedKey?: string | undefined
  /** Rows of skeleton while the first page loads. */
  loadingRows?: number
  /** On a phone each row becomes a small sheet; false for two or three narrow columns. */
  sheets?: boolean
}

export function Table<Row>(props: TableProps<Row>) {
  const { columns, rows, loadingRows = 0, sheets = true } = props
  if (rows.length === 0 && loadingRows === 0 && props.empty) return props.empty
  const table = (
    <table className={classNames('ui-table', sheets && 'ui-table--cards')} aria-busy={loadingRows > 0 || undefined}>
      <caption className="ui-hidden">{props.caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <HeaderCell key={column.key} column={column} control={props.control} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={props.rowKey(row)} aria-current={props.rowKey(row) === props.selectedKey || undefined}>
            {columns.map((column) => (
              <td key={column.key} data-label={column.header} className={column.end ? 'ui-table__end' : undefined}>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
        {rows.length === 0 && <LoadingRows count={loadingRows} columns={columns.length} />}
      </tbody>
    </table>
  )
  const { control } = props
  if (!control || !columns.some(({ key }) => control.sortKeys.includes(key))) return table
  return (
    <>
      <SortSelect columns={columns} control={control} />
      {table}
    </>
  )
}

function SortSelect<Row>({ columns, control }: { columns: ReadonlyArray<Column<Row>>; control: TableControl }) {
  const { sort } = control.state
  const options = columns
    .filter(({ key }) => control.sortKeys.includes(key))
    .flatMap(({ key, header }) => [
      { value: key, label: m.base_sort_ascending({ header }) },
      { value: `-${key}`, label: m.base_sort_descending({ header }) },
    ])
  return (
    <label className="ui-field ui-table-sort">
      <span className="ui-field__label">{m.base_sort_by()}</span>
      <span className="ui-select">
        <select
          className="ui-input"
          value={sort ? `${sort.descending ? '-' : ''}${sort.key}` : ''}
          onChange={(event) => control.setSort(event.target.value)}
        >
          {!sort && <option value="">{m.base_sort_none()}</option>}
          {options.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
        <Icon name="chevronDown" />
      </span>
    </label>
  )
}

function HeaderCell<Row>({ column, control }: { column: Column<Row>; control: TableControl | undefined }) {
  const sort = control?.state.sort?.key === column.key ? control.state.sort : null
  const direction = sort ? (sort.descending ? 'descending' : 'ascending') : undefined
  const icon = sort ? (sort.descending ? 'sortDown' : 'sortUp') : 'sort'
  return (
    <th scope="col" aria-sort={direction} className={classNames(column.end && 'ui-table__end') || undefined}>
      {control?.sortKeys.includes(column.key) ? (
        <button type="button" className="ui-table__sort" onClick={() => control.toggleSort(column.key)}>
          {column.header}
          <Icon name={icon} />
        </button>
      ) : (
        column.header
      )}
    </th>
  )
}

function LoadingRows({ count, columns }: { count: number; columns: number }) {
  return Array.from({ length: count }, (_, row) => (
    <tr key={row}>
      {Array.from({ length: columns }, (_cell, column) => (
        <td key={column}>
          {row === 0 && column === 0 && <span className="ui-hidden">{m.base_loading()}</span>}
          <Skeleton height="1.3rem" />
        </td>
      ))}
    </tr>
  ))
}
