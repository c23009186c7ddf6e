import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { readSort, type ListOrder } from '#domain/base/list.ts'
import type { ListAsked } from '#web/data/list.ts'
import { useTableState } from '#web/ui/table-state.ts'

const TYPING_MS = 250

/** A list's state in the address, and what to ask the API for it: a word is asked for once the typing rests. */
export function useList<Key extends string>(order: ListOrder<Key>, filterKeys: readonly string[] = []) {
  const search: Record<string, unknown> = useSearch({ strict: false })
  const navigate = useNavigate()
  const control = useTableState(
    search,
    // What is typed makes no step to go back by; another sort, filter or page does, and a page begins at its top.
    (next, change) => navigate({ to: '.', search: next, replace: change === 'word', resetScroll: change === 'place' }),
    { order, filterKeys },
  )
  const { after, before, query } = control.state
  const q = useRested(query)
  const asked: ListAsked<Key> = {
    sort: readSort(order, search['sort']),
    ...(after && { after }),
    ...(before && !after && { before }),
    ...(q && { q }),
  }
  const row = typeof search['row'] === 'string' ? search['row'] : undefined
  const closeRow = (): void => {
    void navigate({ to: '.', search: { ...search, row: undefined }, resetScroll: false })
  }
  return { control, asked, row, closeRow, search }
}

function useRested(value: string): string {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), TYPING_MS)
    return () => clearTimeout(timer)
  }, [value])
  return rested
}
