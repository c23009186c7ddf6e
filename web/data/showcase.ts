import { queryOptions } from '@tanstack/react-query'
import { answer, client } from './client.ts'

/** What anybody can join on this site now. */
export const showcaseQuery = queryOptions({
  queryKey: ['showcase'],
  queryFn: () => answer(client.api.showcase.$get()),
})

export type OpenCommunity = Awaited<ReturnType<NonNullable<typeof showcaseQuery.queryFn>>>['communities'][number]
