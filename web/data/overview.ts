import { queryOptions } from '@tanstack/react-query'
import { answer, client } from './client.ts'
import type { DataOf } from './data-of.ts'

export const overviewQuery = queryOptions({
  queryKey: ['admin', 'overview'],
  queryFn: () => answer(client.api.admin.overview.$get()),
})

export type Overview = DataOf<typeof overviewQuery>

/** All that the home of an affiliate shows. */
export const homeQuery = queryOptions({
  queryKey: ['affiliate', 'home'],
  queryFn: () => answer(client.api.affiliate.home.$get()),
})

export type AffiliateHome = DataOf<typeof homeQuery>
