import { queryOptions } from '@tanstack/react-query'
import { answer, client } from './client.ts'
import type { DataOf } from './data-of.ts'
import { type Asked, paged } from './paged.ts'

export function allCommissionsQuery(asked: Asked<typeof client.api.admin.commissions.$get>) {
  return queryOptions({
    queryKey: ['admin', 'commissions', asked],
    queryFn: () => answer(client.api.admin.commissions.$get({ query: paged(asked) })),
    placeholderData: (before) => before,
  })
}

export type AnyCommission = DataOf<typeof allCommissionsQuery>['commissions'][number]

export const COMMISSIONS_PER_PAGE = 20

export type CommissionsAsked = Asked<typeof client.api.affiliate.commissions.$get>

export function commissionsQuery(asked: CommissionsAsked) {
  return queryOptions({
    queryKey: ['affiliate', 'commissions', asked],
    queryFn: () => answer(client.api.affiliate.commissions.$get({ query: paged(asked, COMMISSIONS_PER_PAGE) })),
    placeholderData: (before) => before,
  })
}

export type CommissionList = DataOf<typeof commissionsQuery>

export type CommissionLine = CommissionList['commissions'][number]

export function commissionQuery(id: string) {
  return queryOptions({
    queryKey: ['affiliate', 'commission', id],
    queryFn: () => answer(client.api.affiliate.commissions[':id'].$get({ param: { id } })),
  })
}

export type Commission = DataOf<typeof commissionQuery>
