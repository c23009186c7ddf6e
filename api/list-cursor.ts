import { base64url } from 'jose'
import type { ListOrder, Sort } from '#domain/base/list.ts'
import { AppError } from '#domain/error.ts'

/** What a column is sorted as: an instant by its milliseconds, which is all that is stored of it; a caseless text as citext is. */
export type SortValueKind = 'instant' | 'integer' | 'caseless'
export type SortValue = Date | number | string | null

/** A row's place in a list: what it is sorted by, and its id among equals. */
export interface Place {
  value: SortValue
  id: string
}

const ID = /^[\w-]{1,64}$/
const MOST_TEXT = 320
/** Instants that the database can compare with; others would be its error and not the asker's. */
const EARLIEST_MS = Date.UTC(1900, 0)
const LATEST_MS = Date.UTC(2200, 0)

/** The longest that a cursor of ours is: a text of 320 characters, four bytes each, and what stands around it. */
export const MOST_CURSOR = 2_000

/** Opaque to whoever holds it, and of one list and sort alone: an amount is no date, and one's own commissions are not everybody's. Not signed, because it opens nothing that the list does not show. */
export function writeCursor({ name }: ListOrder, sort: Sort, { value, id }: Place): string {
  return base64url.encode(JSON.stringify([name, sort, value instanceof Date ? value.getTime() : value, id]))
}

/** Whatever is no cursor of this list and sort is refused by a sentence that leads back to the list's beginning. */
export function readCursor(text: string, { name }: ListOrder, sort: Sort, kind: SortValueKind): Place {
  const parts = text.length > MOST_CURSOR ? null : parse(text)
  if (!Array.isArray(parts) || parts.length !== 4) throw new AppError('no_such_place')
  const [list, of, told, id]: unknown[] = parts
  const value = told === null ? null : valueOf(told, kind)
  if (list !== name || of !== sort || value === undefined || typeof id !== 'string' || !ID.test(id)) throw new AppError('no_such_place')
  return { value, id }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(base64url.decode(text)))
  } catch {
    return null
  }
}

function valueOf(told: unknown, kind: SortValueKind): SortValue | undefined {
  if (kind === 'caseless') return isText(told) ? told : undefined
  if (typeof told !== 'number' || !Number.isSafeInteger(told)) return undefined
  if (kind === 'integer') return told
  return told >= EARLIEST_MS && told < LATEST_MS ? new Date(told) : undefined
}

/** The database takes neither half a character nor NUL. */
function isText(told: unknown): told is string {
  return typeof told === 'string' && told.length <= MOST_TEXT && told.isWellFormed() && !told.includes('\0')
}
