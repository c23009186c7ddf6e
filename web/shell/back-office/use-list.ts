import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTableState } from '#web/ui/table-state.ts'

const TYPING_MS = 250

/** A list's state in the address, and the word to ask for once the typing rests. */
export function useList(options: { filterKeys: readonly string[]; defaultSort?: string }) {
  const search: Record<string, unknown> = useSearch({ strict: false })
  const navigate = useNavigate()
  const control = useTableState(search, (next) => navigate({ to: '.', search: next, replace: true, resetScroll: false }), options)
  const word = useRested(control.state.query)
  const row = typeof search['row'] === 'string' ? search['row'] : undefined
  const closeRow = (): void => {
    void navigate({ to: '.', search: { ...search, row: undefined }, resetScroll: false })
  }
  return { control, word, row, closeRow, search }
}

function useRested(value: string): string {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), TYPING_MS)
    return () => clearTimeout(timer)
  }, [value])
  return rested
}

/** `sort` of a table as the API takes it: one of the known columns and a direction. */
export function orderOf<Key extends string>(sort: { key: string; descending: boolean } | null, known: readonly Key[]) {
  const by = known.find((key) => key === sort?.key)
  return by ? { sort: by, direction: sort?.descending ? ('desc' as const) : ('asc' as const) } : {}
}
