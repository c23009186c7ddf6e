import { queryOptions } from '@tanstack/react-query'
import { answer, client } from './client.ts'
import type { DataOf } from './data-of.ts'

/** The browsers in which this person is signed in on this site. */
export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: () => answer(client.api.sessions.$get()),
})

export type Session = DataOf<typeof sessionsQuery>['sessions'][number]

export const revokeSession = {
  run: (id: string) => answer(client.api.sessions[':id'].$delete({ param: { id } })),
  changes: [sessionsQuery.queryKey],
}

/** All but the one that asks. */
export const endOtherSessions = {
  run: () => answer(client.api.sessions.$delete()),
  changes: [sessionsQuery.queryKey],
}
