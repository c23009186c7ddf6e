import { queryOptions } from '@tanstack/react-query'
import { answer, client } from './client.ts'

/** The rules in force. Nothing on a page is reckoned with a default. */
export const policyQuery = queryOptions({
  queryKey: ['policy'],
  queryFn: () => answer(client.api.policy.$get()),
})
