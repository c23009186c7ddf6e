import { queryOptions } from '@tanstack/react-query'
import { answer, client } from './client.ts'
import type { DataOf } from './data-of.ts'

/** The communities that this person can enter, with what they have not read. */
export const communitiesQuery = queryOptions({
  queryKey: ['communities'],
  queryFn: () => answer(client.api.communities.$get()),
})

export type CommunityListing = DataOf<typeof communitiesQuery>['communities'][number]

/** One community with the channels this person may read. */
export function communityQuery(slug: string) {
  return queryOptions({
    queryKey: ['community', slug],
    queryFn: () => answer(client.api.communities[':slug'].$get({ param: { slug } })),
  })
}

export type Community = DataOf<typeof communityQuery>
export type Channel = Community['categories'][number]['channels'][number]

/** The guilds that anybody may look at. */
export const guildsQuery = queryOptions({
  queryKey: ['guilds'],
  queryFn: () => answer(client.api.guilds.$get()),
})

export type Guild = DataOf<typeof guildsQuery>['guilds'][number]

/** What anybody can join on this site now. */
export const showcaseQuery = queryOptions({
  queryKey: ['showcase'],
  queryFn: () => answer(client.api.showcase.$get()),
})

export type OpenCommunity = DataOf<typeof showcaseQuery>['communities'][number]
