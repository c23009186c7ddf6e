import { queryOptions } from '@tanstack/react-query'
import type { AffiliateCommissionStatus } from '#domain/affiliation/enums.ts'
import { answer, client } from './client.ts'
import type { DataOf } from './data-of.ts'
import { type Paged, type Direction, paged } from './paged.ts'

export type AllCommissionsAsked = Paged & {
  status?: AffiliateCommissionStatus
  affiliateId?: string
  sort?: 'earnedAt' | 'totalCents' | 'lockedUntil' | 'decideBy'
  direction?: Direction
}

export function allCommissionsQuery(asked: AllCommissionsAsked) {
  return queryOptions({
    queryKey: ['admin', 'commissions', asked],
    queryFn: () => answer(client.api.admin.commissions.$get({ query: paged(asked) })),
    placeholderData: (before) => before,
  })
}

export type AnyCommission = DataOf<typeof allCommissionsQuery>['commissions'][number]

export const COMMISSIONS_PER_PAGE = 20

export type CommissionsAsked = {
  status?: AffiliateCommissionStatus
  productId?: string
  sort?: 'earnedAt' | 'totalCents' | 'lockedUntil'
  direction?: 'asc' | 'desc'
  page: number
}

export function commissionsQuery(asked: CommissionsAsked) {
  return queryOptions({
    queryKey: ['affiliate', 'commissions', asked],
    queryFn: () =>
      answer(client.api.affiliate.commissions.$get({ query: { ...asked, page: String(asked.page), size: String(COMMISSIONS_PER_PAGE) } })),
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
