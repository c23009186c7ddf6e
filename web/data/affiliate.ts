import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { AffiliateCommissionStatus, LedgerAccount } from '#domain/affiliation/enums.ts'
import { answer, client } from './client.ts'

export const COMMISSIONS_PER_PAGE = 20
const TRANSACTIONS_PER_PAGE = 25

/** All that the home of an affiliate shows. */
export const homeQuery = queryOptions({
  queryKey: ['affiliate', 'home'],
  queryFn: () => answer(client.api.affiliate.home.$get()),
})

export type AffiliateHome = Awaited<ReturnType<NonNullable<typeof homeQuery.queryFn>>>

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

export type CommissionList = Awaited<ReturnType<NonNullable<ReturnType<typeof commissionsQuery>['queryFn']>>>
export type CommissionLine = CommissionList['commissions'][number]

export function commissionQuery(id: string) {
  return queryOptions({
    queryKey: ['affiliate', 'commission', id],
    queryFn: () => answer(client.api.affiliate.commissions[':id'].$get({ param: { id } })),
  })
}

export type Commission = Awaited<ReturnType<NonNullable<ReturnType<typeof commissionQuery>['queryFn']>>>

/** The statement, newest first; `account` keeps the transactions that moved it. */
export function ledgerQuery(account: LedgerAccount | undefined) {
  return infiniteQueryOptions({
    queryKey: ['affiliate', 'ledger', account ?? 'all'],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      answer(
        client.api.affiliate.ledger.$get({
          query: { size: String(TRANSACTIONS_PER_PAGE), ...(account && { account }), ...(pageParam && { after: pageParam }) },
        }),
      ),
    getNextPageParam: (page) => page.next,
  })
}

type LedgerPage = Awaited<ReturnType<NonNullable<ReturnType<typeof ledgerQuery>['queryFn']>>>
export type Transaction = LedgerPage['transactions'][number]
