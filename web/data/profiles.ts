import { queryOptions } from '@tanstack/react-query'
import { answer, client } from './client.ts'
import type { DataOf } from './data-of.ts'

/** One affiliate, for the owner. */
export function profileQuery(id: string) {
  return queryOptions({
    queryKey: ['admin', 'affiliates', id],
    queryFn: () => answer(client.api.admin.affiliates[':id'].$get({ param: { id } })),
  })
}

/** The owner's note on an affiliate. */
export function noteQuery(id: string) {
  return queryOptions({
    queryKey: ['admin', 'affiliates', id, 'note'],
    queryFn: () => answer(client.api.admin.affiliates[':id'].note.$get({ param: { id } })),
  })
}

export type Note = DataOf<typeof noteQuery>

/** Writes it over the version that one has seen; an empty text takes it away. */
export const writeNote = {
  run: ({ id, ...note }: { id: string; text: string; version: number }) =>
    answer(client.api.admin.affiliates[':id'].note.$put({ param: { id }, json: note })),
  changes: [],
  answers: ({ id }: { id: string }) => noteQuery(id).queryKey,
}
