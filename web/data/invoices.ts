import { queryOptions } from '@tanstack/react-query'
import { answer, client } from './client.ts'
import type { DataOf } from './data-of.ts'
import { type Asked, paged } from './paged.ts'

export function allInvoicesQuery(asked: Asked<typeof client.api.admin.sales.$get>) {
  return queryOptions({
    queryKey: ['admin', 'sales', asked],
    queryFn: () => answer(client.api.admin.sales.$get({ query: paged(asked) })),
    placeholderData: (before) => before,
  })
}

export type Sale = DataOf<typeof allInvoicesQuery>['sales'][number]
