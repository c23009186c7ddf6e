import { queryOptions } from '@tanstack/react-query'
import { answer, client } from './client.ts'

/** One affiliate, for the owner. */
export function profileQuery(id: string) {
  return queryOptions({
    queryKey: ['admin', 'affiliates', id],
    queryFn: () => answer(client.api.admin.affiliates[':id'].$get({ param: { id } })),
  })
}
