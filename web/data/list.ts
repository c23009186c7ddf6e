import type { InferRequestType } from 'hono/client'
import type { Sort } from '#domain/base/list.ts'

type Query<Endpoint> = InferRequestType<Endpoint> extends { query: infer Known } ? Known : never

/** What a list's route takes, in pages of its own size: a filter or an order that the API does not know does not compile. */
export type ListOf<Endpoint> = Omit<Query<Endpoint>, 'size'>

/** What every list is asked, in the words of its address: its sort, a place to go on from, and the word one looks for. */
export type ListAsked<Key extends string> = { sort: Sort<Key>; after?: string; before?: string; q?: string }

/** The answer's own account of where its rows stand. */
export type ListAnswer = { rows: readonly unknown[]; total: number; position: number; next: string | null; previous: string | null }
