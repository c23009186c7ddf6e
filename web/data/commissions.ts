import { queryOptions } from '@tanstack/react-query'
import { answer, client } from './client.ts'
import type { DataOf } from './data-of.ts'
import type { ListOf } from './list.ts'

export function allCommissionsQuery(query: ListOf<typeof client.api.admin.commissions.$get>) {
  return queryOptions({
    queryKey: ['admin', 'commissions', query],
    queryFn: () => answer(client.api.admin.commissions.$get({ query })),
    placeholderData: (before) => before,
  })
}

export type AnyCommission = DataOf<typeof allCommissionsQuery>['rows'][number]

export function commissionsQuery(query: ListOf<typeof client.api.affiliate.commissions.$get>) {
  return queryOptions({
    queryKey: ['affiliate', 'commissions', query],
    queryFn: () => answer(client.api.affiliate.commissions.$get({ query })),
    placeholderData: (before) => before,
  })
}

export type CommissionList = DataOf<typeof commissionsQuery>

export type CommissionLine = CommissionList['rows'][number]

export function commissionQuery(id: string) {
  return queryOptions({
    queryKey: ['affiliate', 'commission', id],
    queryFn: () => answer(client.api.affiliate.commissions[':id'].$get({ param: { id } })),
  })
}

export type Commission = DataOf<typeof commissionQuery>
