import { queryOptions } from '@tanstack/react-query'
import { answer, client } from './client.ts'

/** Whether the business waits for its first owner, and whether the key that makes one has been set. */
export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: () => answer(client.api.setup.$get()),
})

/** Makes whoever is signed in the first owner: from then on they may do everything, so all that is shown is asked again. */
export const openBusiness = {
  run: (key: string) => answer(client.api.setup.$post({ json: { key } })),
  changes: 'person' as const,
}
