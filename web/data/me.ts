import { queryOptions } from '@tanstack/react-query'
import { answer, client } from './client.ts'
import { forgetKept } from './kept-here.ts'

/** Who is here and what they may do: asked once per page load, before any guard. Where nobody is signed in, nothing of anybody is kept. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async () => {
    const me = await answer(client.api.me.$get())
    if (!me.user) forgetKept()
    return me
  },
  staleTime: 60_000,
})

export type Me = Awaited<ReturnType<NonNullable<typeof meQuery.queryFn>>>
