import { queryOptions } from '@tanstack/react-query'
import { answer, client } from './client.ts'
import type { DataOf } from './data-of.ts'

/** What this person owns and pays. */
export const accountQuery = queryOptions({
  queryKey: ['account'],
  queryFn: () => answer(client.api.account.$get()),
})

export type Account = DataOf<typeof accountQuery>

export type Purchase = Account['purchases'][number]

export type Invoice = Account['invoices'][number]
