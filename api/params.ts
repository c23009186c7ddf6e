import * as z from 'zod/mini'
import { MOST_PAGES } from '#domain/base/paging.ts'

/** A cuid2 as it stands in a path. */
export const IdParam = z.object({ id: z.string().check(z.regex(/^[a-z0-9]{20,32}$/)) })

/** Which page of a list, from 1, at most 100 rows. Values come as strings in the query. */
export const PageQuery = z.object({
  page: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(MOST_PAGES)), 1),
  size: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 25),
})
