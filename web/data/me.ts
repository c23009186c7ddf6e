import { queryOptions } from '@tanstack/react-query'
import { answer, client } from './client.ts'
import type { DataOf } from './data-of.ts'

/** Who is here and what they may do: asked once per page load, before any guard. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => answer(client.api.me.$get()),
  staleTime: 60_000,
})

export type Me = DataOf<typeof meQuery>
