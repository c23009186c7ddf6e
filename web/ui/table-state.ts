import { useMemo } from 'react'
import { isDescending, keyOf, readSort as sortIn, type ListOrder } from '#domain/base/list.ts'
import { MOST_PAGES } from '#domain/base/paging.ts'

/** What a URL's search part says about a list. Unknown keys are left alone. */
export type TableSearch = Readonly<Record<string, unknown>>
export type TableState = {
  sort: { key: string; descending: boolean } | null
  page: number
  /** A list by keyset goes on after one of its rows, or ends before one. */
  after: string
  before: string
  query: string
  filters: Readonly<Record<string, string>>
}

/** `order`: what the list may be sorted by; a list without one has one order. */
type TableOptions = { filterKeys?: readonly string[]; order?: ListOrder }

function asText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function readSort(text: unknown, order: ListOrder | undefined): TableState['sort'] {
  if (!order) return null
  const sort = sortIn(order, text)
  return { key: keyOf(order, sort), descending: isDescending(sort) }
}

/** The page that an address names, the first when it names none. */
export function pageIn(search: TableSearch): number {
  const page = Number(search['page'] ?? 1)
  return Number.isSafeInteger(page) && page > 0 ? Math.min(page, MOST_PAGES) : 1
}

/** `?sort=-date&page=2&q=…&status=LOCKED`; whatever makes no sense falls back to the first page. */
export function readTableState(search: TableSearch, options: TableOptions = {}): TableState {
  const filters: Record<string, string> = {}
  for (const key of options.filterKeys ?? []) {
    const value = asText(search[key])
    if (value) filters[key] = value
  }
  return {
    sort: readSort(search['sort'], options.order),
    page: pageIn(search),
    after: asText(search['after']),
    before: asText(search['before']),
    query: asText(search['q']),
    filters,
  }
}

export function withChange(search: TableSearch, change: Record<string, unknown>): Record<string, unknown> {
  const next = Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined && value !== '')
  return Object.fromEntries(next)
}

/** What of a list was changed: who keeps the address may treat each otherwise. */
export type TableChange = 'sort' | 'filter' | 'word' | 'place'

/** Whatever changes which rows there are begins again with the first. */
const FROM_THE_START = { page: undefined, after: undefined, before: undefined }

/** Keeps a table's state in the URL of whatever router the caller uses. */
export function useTableState(
  search: TableSearch,
  onSearch: (next: Record<string, unknown>, change: TableChange) => void | Promise<void>,
  options: TableOptions = {},
) {
  const { filterKeys, order } = options
  const keys = filterKeys?.join(',') ?? ''
  const state = useMemo(
    () =>
      readTableState(search, {
        filterKeys: keys ? keys.split(',') : [],
        ...(order && { order }),
      }),
    [search, keys, order],
  )
  function write(what: TableChange, change: Record<string, unknown>) {
    void onSearch(withChange(search, { ...FROM_THE_START, ...change }), what)
  }
  return {
    state,
    /** The keys that its columns may be sorted by. */
    sortKeys: order?.keys ?? NO_KEYS,
    setPage: (page: number) => write('place', { page: page > 1 ? page : undefined }),
    /** After or before a row; without either, from the start. */
    setPlace: (place: { after?: string; before?: string }) => write('place', place),
    setQuery: (q: string) => write('word', { q }),
    setFilter: (key: string, value: string) => write('filter', { [key]: value }),
    /** As in the URL: `date`, or `-date` for the latest first. */
    setSort: (sort: string) => write('sort', { sort }),
    toggleSort: (key: string) => {
      const descending = state.sort?.key === key && !state.sort.descending
      write('sort', { sort: descending ? `-${key}` : key })
    },
  }
}

const NO_KEYS: readonly string[] = []

export type TableControl = ReturnType<typeof useTableState>
