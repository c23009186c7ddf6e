import { queryOptions } from '@tanstack/react-query'
import type { Platform } from '#domain/base/enums.ts'
import { answer, client } from './client.ts'
import type { DataOf } from './data-of.ts'
import type { ListOf } from './list.ts'

const peopleKey = ['admin', 'people'] as const

export function peopleQuery(query: ListOf<typeof client.api.admin.people.$get>) {
  return queryOptions({
    queryKey: [...peopleKey, query],
    queryFn: () => answer(client.api.admin.people.$get({ query })),
    placeholderData: (before) => before,
  })
}

export type Person = DataOf<typeof peopleQuery>['rows'][number]

/** Asks the provider to let an address be written to again; the mark goes when it has. */
export const liftMark = {
  run: ({ person: { id }, platform }: { person: Person; platform: Platform }) =>
    answer(client.api.admin.people[':id']['lift-mark'].$post({ param: { id }, json: { platform } })),
  changes: [peopleKey],
}
