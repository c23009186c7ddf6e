import { queryOptions } from '@tanstack/react-query'
import type { InvoiceStatus } from '#domain/selling/enums.ts'
import { answer, client } from './client.ts'
import type { DataOf } from './data-of.ts'
import { type Paged, type Direction, paged } from './paged.ts'

export type AllInvoicesAsked = Paged & {
  status?: InvoiceStatus
  sort?: 'paidAt' | 'amountCents' | 'commissionCents'
  direction?: Direction
}

export function allInvoicesQuery(asked: AllInvoicesAsked) {
  return queryOptions({
    queryKey: ['admin', 'sales', asked],
    queryFn: () => answer(client.api.admin.sales.$get({ query: paged(asked) })),
    placeholderData: (before) => before,
  })
}

export type Sale = DataOf<typeof allInvoicesQuery>['sales'][number]
