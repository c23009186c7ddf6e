import type { LinksAsked } from '#web/data/links.ts'
import { textOf } from '#web/frame/search.ts'

const states = ['active', 'paused', 'archived'] as const
const sorts = ['newest', 'clicks', 'sales', 'commission'] as const

function oneOf<T extends string>(known: readonly T[], text: string | undefined): T | undefined {
  return known.find((value) => value === text)
}

/** What an address asks of the list; whatever makes no sense is left out. */
export function linksAsked(search: Record<string, unknown>): LinksAsked {
  const state = oneOf(states, textOf(search, 'state'))
  const sort = oneOf(sorts, textOf(search, 'sort'))
  const page = Number(search['page'] ?? 1)
  return { page: Number.isSafeInteger(page) && page > 0 ? page : 1, ...(state && { state }), ...(sort && { sort }) }
}
