import { useMemo } from 'react'
import { MOST_PAGES } from '#domain/base/paging.ts'

/** What a URL's search part says about a list. Unknown keys are left alone. */
export type TableSearch = Readonly<Record<string, unknown>>
export type Sort = { key: string; descending: boolean }
export type TableState = { sort: Sort | null; page: number; query: string; filters: Readonly<Record<string, string>> }

type TableOptions = { filterKeys?: readonly string[]; defaultSort?: string }

function asText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function readSort(text: string): Sort | null {
  if (!text) return null
  return text.startsWith('-') ? { key: text.slice(1), descending: true } : { key: text, descending: false }
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
    sort: readSort(asText(search['sort']) || (options.defaultSort ?? '')),
    page: pageIn(search),
    query: asText(search['q']),
    filters,
  }
}

export function withChange(search: TableSearch, change: Record<string, unknown>): Record<string, unknown> {
  const next = Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined && value !== '')
  return Object.fromEntries(next)
}

/**
 * Keeps a table's state in the URL of whatever router the caller uses. A new sort, filter or word
 * begins again at the first page.
 */
export function useTableState(
  search: TableSearch,
  onSearch: (next: Record<string, unknown>) => void | Promise<void>,
  options: TableOptions = {},
) {
  const { filterKeys, defaultSort } = options
  const keys = filterKeys?.join(',') ?? ''
  const state = useMemo(
    () =>
      readTableState(search, {
        filterKeys: keys ? keys.split(',') : [],
        ...(defaultSort === undefined ? {} : { defaultSort }),
      }),
    [search, keys, defaultSort],
  )
  function write(change: Record<string, unknown>) {
    void onSearch(withChange(search, change))
  }
  return {
    state,
    setPage: (page: number) => write({ page: page > 1 ? page : undefined }),
    setQuery: (q: string) => write({ q, page: undefined }),
    setFilter: (key: string, value: string) => write({ [key]: value, page: undefined }),
    /** As in the URL: `date`, or `-date` for the latest first. */
    setSort: (sort: string) => write({ sort, page: undefined }),
    toggleSort: (key: string) => {
      const descending = state.sort?.key === key && !state.sort.descending
      write({ sort: descending ? `-${key}` : key, page: undefined })
    },
  }
}

export type TableControl = ReturnType<typeof useTableState>
