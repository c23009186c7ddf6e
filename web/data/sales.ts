import { queryOptions } from '@tanstack/react-query'
import type { InvoiceStatus } from '#domain/selling/enums.ts'
import { answer, client } from './client.ts'
import { type Paged, type Direction, paged } from './paged.ts'

export type SalesAsked = Paged & { status?: InvoiceStatus; sort?: 'paidAt' | 'amountCents' | 'commissionCents'; direction?: Direction }

export function salesQuery(asked: SalesAsked) {
  return queryOptions({
    queryKey: ['admin', 'sales', asked],
    queryFn: () => answer(client.api.admin.sales.$get({ query: paged(asked) })),
    placeholderData: (before) => before,
  })
}

export type Sale = Awaited<ReturnType<NonNullable<ReturnType<typeof salesQuery>['queryFn']>>>['sales'][number]
