import { queryOptions } from '@tanstack/react-query'
import { answer, client } from './client.ts'
import type { DataOf } from './data-of.ts'
import type { ListOf } from './list.ts'

export function allInvoicesQuery(query: ListOf<typeof client.api.admin.sales.$get>) {
  return queryOptions({
    queryKey: ['admin', 'sales', query],
    queryFn: () => answer(client.api.admin.sales.$get({ query })),
    placeholderData: (before) => before,
  })
}

export type Sale = DataOf<typeof allInvoicesQuery>['rows'][number]
