import * as z from 'zod/mini'
import { Id } from '#domain/base/id.ts'
import { MOST_PAGES } from '#domain/base/paging.ts'

/** An id as it stands in a path. */
export const IdParam = z.object({ id: Id })

/** Which page of a list, from 1, at most 100 rows. Values come as strings in the query. */
export const PageQuery = z.object({
  page: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(MOST_PAGES)), 1),
  size: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 25),
})
