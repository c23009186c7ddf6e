import { queryOptions } from '@tanstack/react-query'
import { answer, client } from './client.ts'

/** Every product that pays affiliates, with one's own link to it. */
export const marketplaceQuery = queryOptions({
  queryKey: ['marketplace'],
  queryFn: () => answer(client.api.marketplace.$get()),
})

export type Offered = Awaited<ReturnType<NonNullable<typeof marketplaceQuery.queryFn>>>['products'][number]

/** The guilds that anybody may look at. */
export const guildsQuery = queryOptions({
  queryKey: ['guilds'],
  queryFn: () => answer(client.api.guilds.$get()),
})

export type Guild = Awaited<ReturnType<NonNullable<typeof guildsQuery.queryFn>>>['guilds'][number]
