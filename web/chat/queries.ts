import { queryOptions } from '@tanstack/react-query'
import { answer, client } from '#web/data/client.ts'

/** Counts of other channels are kept true by asking: a socket stands only to the channel that is open. */
const COUNTS_EVERY_MS = 30_000

export const communitiesQuery = queryOptions({
  queryKey: ['communities'],
  queryFn: () => answer(client.api.communities.$get()),
  refetchInterval: COUNTS_EVERY_MS,
})

export const communityQuery = (slug: string) =>
  queryOptions({
    queryKey: ['communities', slug],
    queryFn: () => answer(client.api.communities[':slug'].$get({ param: { slug } })),
    refetchInterval: COUNTS_EVERY_MS,
  })
