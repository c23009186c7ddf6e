import type { QueryClient } from '@tanstack/react-query'
import { forgetKept } from './forget-kept.ts'
import { meQuery } from './me.ts'
import { tellTabs } from './tabs.ts'

/**
 * After the person of this browser changed: what is on screen is asked for again, everything else that the last one saw or wrote is
 * forgotten, and the other tabs are told.
 */
export async function startOver(queryClient: QueryClient): Promise<void> {
  queryClient.removeQueries({ type: 'inactive' })
  tellTabs()
  const { user } = await queryClient.fetchQuery({ ...meQuery, staleTime: 0 })
  if (!user) forgetKept()
}

/** Asked by the page itself: who is here, and the form into which a card is being typed. */
const LEFT_ALONE = new Set<unknown>([meQuery.queryKey[0], 'capture'])

/** Somebody else is here than the one whose answers this page holds: those that show are asked for again, the others are dropped. */
export async function forgetAnswers(queryClient: QueryClient): Promise<void> {
  queryClient.removeQueries({ type: 'inactive' })
  await queryClient.invalidateQueries({ predicate: ({ queryKey }) => !LEFT_ALONE.has(queryKey[0]) })
}
