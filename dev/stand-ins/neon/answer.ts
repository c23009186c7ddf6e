import type { DatabaseError } from 'pg'
import { PlainError } from '#dev/plain-error.ts'
import type { StatementResult } from './pipeline.ts'

/** A result as Neon's driver reads it: every value is PostgreSQL's own text, the driver knows the types. */
export function answerOf(result: StatementResult | undefined, rowsAsArrays: boolean): Record<string, unknown> {
  if (result === undefined) throw new PlainError('The statement gave no result.')
  const { fields, rows, command, rowCount } = result
  return { fields, rows: rowsAsArrays ? rows : rows.map((row) => asObject(fields, row)), command, rowCount, rowAsArray: rowsAsArrays }
}

function asObject(fields: StatementResult['fields'], row: (string | null)[]): Record<string, string | null> {
  return Object.fromEntries(fields.map((field, index) => [field.name, row[index] ?? null]))
}

const ERROR_FIELDS = [
  'severity',
  'code',
  'detail',
  'hint',
  'position',
  'internalPosition',
  'internalQuery',
  'where',
  'schema',
  'table',
  'column',
  'dataType',
  'constraint',
  'file',
  'line',
  'routine',
] as const

/** PostgreSQL's own words about an error, under the names that Neon's driver copies. */
export function errorOf(error: DatabaseError): Record<string, unknown> {
  return { message: error.message, ...Object.fromEntries(ERROR_FIELDS.map((name) => [name, error[name] ?? null])) }
}
