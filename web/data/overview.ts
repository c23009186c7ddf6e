import { queryOptions } from '@tanstack/react-query'
import { answer, client } from './client.ts'

export const overviewQuery = queryOptions({
  queryKey: ['admin', 'overview'],
  queryFn: () => answer(client.api.admin.overview.$get()),
})

export type Overview = Awaited<ReturnType<NonNullable<typeof overviewQuery.queryFn>>>

/** All that the home of an affiliate shows. */
export const homeQuery = queryOptions({
  queryKey: ['affiliate', 'home'],
  queryFn: () => answer(client.api.affiliate.home.$get()),
})

export type AffiliateHome = Awaited<ReturnType<NonNullable<typeof homeQuery.queryFn>>>
