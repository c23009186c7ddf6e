import { readDays } from '#domain/base/paris.ts'
import type { LinksAsked } from '#web/data/links.ts'
import { textOf } from '#web/shell/search.ts'
import { pageIn } from '#web/ui/table-state.ts'

const states = ['active', 'paused', 'archived'] as const
const sorts = ['newest', 'clicks', 'sales', 'commission'] as const

function oneOf<T extends string>(known: readonly T[], text: string | undefined): T | undefined {
  return known.find((value) => value === text)
}

/** What an address asks of the list; whatever makes no sense is left out. */
export function linksAsked(search: Record<string, unknown>): LinksAsked {
  const state = oneOf(states, textOf(search, 'state'))
  const sort = oneOf(sorts, textOf(search, 'sort'))
  const period = textOf(search, 'period')
  return { page: pageIn(search), ...(period && readDays(period) && { period }), ...(state && { state }), ...(sort && { sort }) }
}
