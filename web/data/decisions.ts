import { queryOptions } from '@tanstack/react-query'
import { answer, client } from './client.ts'
import type { Overview } from './overview.ts'

export type Decision = Overview['decisions']['rows'][number]

export type Discrepancy = Extract<Decision, { what: 'discrepancy' }>

export type MoneyBack = Extract<Decision, { what: 'money-back' }>

/** A page of what waits, as long as the one that came with the overview. */
export function decisionsQuery(page: number, size: number) {
  return queryOptions({
    queryKey: ['admin', 'decisions', page, size],
    queryFn: () => answer(client.api.admin.decisions.$get({ query: { page: String(page), size: String(size) } })),
    placeholderData: (before) => before,
  })
}

/** The owner has dealt with it; `reason` says how. What the back office counts and lists may rest on it, so all of that is asked again. */
export const resolveDecision = {
  run: ({ decision: { what, id }, reason }: { decision: Decision; reason: string }) => {
    const { discrepancies, 'money-back': moneyBack } = client.api.admin
    const asked = { param: { id }, json: { reason } }
    return answer(what === 'discrepancy' ? discrepancies[':id'].resolve.$post(asked) : moneyBack[':id'].resolve.$post(asked))
  },
  changes: [['admin']],
}
