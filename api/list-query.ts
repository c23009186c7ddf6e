import { asc, count, desc, sql, type AnyColumn, type SQL } from 'drizzle-orm'
import * as z from 'zod/mini'
import { AppError } from '#domain/error.ts'
import { isDescending, keyOf, MOST_ROWS_PER_PAGE, ROWS_PER_PAGE, sortsOf, type ListOrder, type Sort } from '#domain/base/list.ts'
import { readCursor, writeCursor, type Place, type SortValue, type SortValueKind } from './list-cursor.ts'

/** What every list is asked: its sort, and the rows after or before a place in it. A list adds its own filters with `z.extend`. */
export function listInput<Key extends string>(order: ListOrder<Key>) {
  return z.object({
    sort: z.optional(z.enum(sortsOf(order))),
    after: z.optional(cursor),
    before: z.optional(cursor),
    size: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(MOST_ROWS_PER_PAGE)), ROWS_PER_PAGE),
  })
}

/** Only its length is looked at here: whatever is none gets one answer, from `readCursor`. */
const cursor = z.string()

export interface ListAsked<Key extends string = string> {
  sort?: Sort<Key> | undefined
  after?: string | undefined
  before?: string | undefined
  size: number
}

/** What a list is sorted by: a column or an expression, which may be without a value only where it says so. */
export interface SortColumn {
  by: AnyColumn | SQL
  kind: SortValueKind
  isNullable?: true
}

interface ListTable<Key extends string> {
  order: ListOrder<Key>
  id: AnyColumn
  /** Under the names of the rows' own fields, from which cursors are written. */
  columns: Readonly<Record<Key, SortColumn>>
}

type Row<Key extends string> = { id: string } & Readonly<Record<Key, SortValue>>

/** What a list's second statement counts, beside the sums of its own. */
export interface Counted {
  total: SQL<number>
  /** Rows in front of the place that was asked for. */
  inFront: SQL<number>
}

/**
 * One page of a list by keyset: rows that come or go meanwhile move nobody else's, and the last page costs what the first does. The use-case puts
 * the pieces into its two statements, which travel together: the rows (`within`, `order`, `limit`), and of all that the filter shows the counts
 * and sums (`counted`).
 */
export function listQuery<Key extends string>(table: ListTable<Key>, { sort = table.order.usual, after, before, size }: ListAsked<Key>) {
  const key = keyOf(table.order, sort)
  const column = table.columns[key]
  if (after !== undefined && before !== undefined) throw new AppError('no_such_place')
  const isBackward = before !== undefined
  const text = after ?? before
  const place = text === undefined ? null : readCursor(text, table.order, sort, column.kind)
  const follows = (backward: boolean) => (place === null ? undefined : beyond(table.id, column, place, isDescending(sort), backward))
  const cursorOf = (row: Row<Key> | undefined) => (row ? writeCursor(table.order, sort, { value: row[key], id: row.id }) : null)
  return {
    within: follows(isBackward),
    order: orderBy(table.id, column, isDescending(sort), isBackward),
    /** One more than is shown: it says that the list goes on. */
    limit: size + 1,
    counted: {
      total: count(),
      /** Rows that stand in front of the place: of what follows it, all that do not. */
      inFront: place === null ? sql<number>`0` : inFront(isBackward ? follows(true) : sql`(${follows(false)}) is not true`),
    },
    page<Shown extends Row<Key>, Totals extends { total: number; inFront: number }>(found: readonly Shown[], [totals]: readonly Totals[]) {
      if (!totals) throw new Error('A count has one row, whatever it counts.')
      const { total, inFront, ...sums } = totals
      const goesOn = found.length > size
      const rows = isBackward ? found.slice(0, size).toReversed() : found.slice(0, size)
      // The statements see their own moments: a row that came between them makes no place below zero.
      const position = isBackward ? Math.max(0, inFront - rows.length) : inFront
      return {
        rows,
        total,
        sums,
        /** How many rows stand in front of the first one here. */
        position,
        next: (isBackward ? position + rows.length < total : goesOn) ? cursorOf(rows.at(-1)) : null,
        previous: (isBackward ? goesOn : position > 0) ? cursorOf(rows[0]) : null,
      }
    },
  }
}

const inFront = (isSo: SQL | undefined) => sql<number>`count(*) filter (where ${isSo})`.mapWith(Number)

/** The rows beyond a place, seen in the direction of reading. */
function beyond(id: AnyColumn, { by, kind, isNullable }: SortColumn, place: Place, isDescending: boolean, isBackward: boolean): SQL {
  const isLess = isDescending !== isBackward
  const sign = isLess ? sql`<` : sql`>`
  if (place.value === null) {
    const amongEmpty = sql`${by} is null and ${id} ${sign} ${place.id}`
    return isBackward ? sql`(${by} is not null or ${amongEmpty})` : sql`(${amongEmpty})`
  }
  // Compared as a pair, which an index in this order answers by itself.
  const pair = sql`(${by}, ${id}) ${sign} (${typed(place.value, kind)}, ${place.id}::text)`
  return isNullable && !isBackward ? sql`(${pair} or ${by} is null)` : pair
}

function typed(value: SortValue, kind: SortValueKind): SQL {
  if (kind === 'instant') return sql`${value}::timestamp(3)`
  return kind === 'integer' ? sql`${value}::bigint` : sql`${value}::citext`
}

/** What has no value stands last either way, and the id ends each order, so that pages never share a row. */
function orderBy(id: AnyColumn, { by, isNullable }: SortColumn, isDescending: boolean, isBackward: boolean): SQL[] {
  const way = isDescending === isBackward ? asc : desc
  if (!isNullable) return [way(by), way(id)]
  return [sql`${way(by)} nulls ${isBackward ? sql`first` : sql`last`}`, way(id)]
}

/** A sum of whole cents, 0 of nothing. */
export const sumOf = (cents: AnyColumn) => sql<number>`coalesce(sum(${cents}), 0)`.mapWith(Number)
