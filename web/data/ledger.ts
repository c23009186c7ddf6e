import { infiniteQueryOptions } from '@tanstack/react-query'
import type { LedgerFilter } from '#domain/affiliation/lists.ts'
import { answer, client } from './client.ts'
import type { DataOf } from './data-of.ts'

const TRANSACTIONS_PER_PAGE = 25

/** The statement, newest first; `account` keeps the transactions that moved it, or what else it names. */
export function ledgerQuery(account: LedgerFilter | undefined) {
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

type LedgerPage = DataOf<typeof ledgerQuery>

export type Transaction = LedgerPage['transactions'][number]
