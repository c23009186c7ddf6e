import type { InferRequestType } from 'hono/client'

export const ROWS_PER_PAGE = 25

type Query<Endpoint> = InferRequestType<Endpoint> extends { query: infer Known } ? Known : never

/** What a list may be asked, as its route takes it: a filter or an order that the API does not know does not compile. */
export type Asked<Endpoint> = Omit<Query<Endpoint>, 'page' | 'size'> & { page: number }

/** Page and size as a query string carries them. */
export function paged<Question extends { page: number }>(asked: Question, size = ROWS_PER_PAGE) {
  return { ...asked, page: String(asked.page), size: String(size) }
}
