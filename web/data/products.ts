import { queryOptions } from '@tanstack/react-query'
import { answer, client } from './client.ts'
import type { DataOf } from './data-of.ts'
import type { ListOf } from './list.ts'

export function productsQuery(query: ListOf<typeof client.api.admin.products.$get>) {
  return queryOptions({
    queryKey: ['admin', 'products', query],
    queryFn: () => answer(client.api.admin.products.$get({ query })),
    placeholderData: (before) => before,
  })
}

export type CatalogueProduct = DataOf<typeof productsQuery>['rows'][number]

/** Every product that pays affiliates, with one's own link to it. */
export const marketplaceQuery = queryOptions({
  queryKey: ['marketplace'],
  queryFn: () => answer(client.api.marketplace.$get()),
})

export type Offered = DataOf<typeof marketplaceQuery>['products'][number]
