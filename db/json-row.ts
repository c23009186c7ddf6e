import { getTableColumns, type Column, type Table } from 'drizzle-orm'

/** A row that `to_jsonb` wrote, read by the columns of its table. */
export type RowReader<T extends Table> = (json: unknown) => T['$inferSelect']

/**
 * Reads rows that came as JSON in the words of the schema: instants become dates, decimals what their column makes of them. Throws when a column
 * is missing or empty where it may not be. Columns of 64 bits are refused, because JSON would round them.
 */
export function rowReader<T extends Table>(table: T): RowReader<T> {
  const readers = Object.entries(getTableColumns(table)).map(([key, column]) => ({ key, name: column.name, read: valueReader(column) }))
  return (json) => {
    if (typeof json !== 'object' || json === null) throw new TypeError('A row is an object.')
    const row: Record<string, unknown> = {}
    for (const { key, name, read } of readers) row[key] = read(Reflect.get(json, name))
    return row
  }
}

/** The same for a row that may not be there. */
export function optionalRow<T extends Table>(read: RowReader<T>): (json: unknown) => T['$inferSelect'] | null {
  return (json) => (json === null ? null : read(json))
}

/** Values of a row as `jsonb_populate_record` reads them. */
export function jsonRow<T extends Table>(table: T, values: Partial<T['$inferInsert']>): Record<string, unknown> {
  const columns: Record<string, Column> = getTableColumns(table)
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => {
      const column = columns[key]
      if (!column) throw new TypeError(`There is no column ${key}.`)
      const isPlain = value === null || value === undefined || column.dataType === 'json' || column.dataType === 'array'
      return [column.name, isPlain ? value : column.mapToDriverValue(value)]
    }),
  )
}

function valueReader(column: Column): (value: unknown) => unknown {
  if (column.getSQLType().startsWith('big')) throw new TypeError(`${column.name} has 64 bits.`)
  const convert = converterOf(column)
  return (value) => {
    if (value === undefined || (value === null && column.notNull)) throw new TypeError(`A row came without ${column.name}.`)
    return value === null ? null : convert(value)
  }
}

function converterOf(column: Column): (value: unknown) => unknown {
  // JSON has a "T" where the driver has a space.
  if (column.dataType === 'date') return (value) => column.mapFromDriverValue(String(value).replace('T', ' '))
  if (column.dataType === 'custom') return (value) => column.mapFromDriverValue(String(value))
  return (value) => value
}
