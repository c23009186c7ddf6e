import { queryOptions } from '@tanstack/react-query'
import type * as z from 'zod/mini'
import type { ChangeLink, CreateLink } from '#domain/affiliation/link.ts'
import { answer, client } from './client.ts'
import type { DataOf } from './data-of.ts'
import { type Asked, paged } from './paged.ts'

export const LINKS_PER_PAGE = 20

export type LinksAsked = Asked<typeof client.api.links.$get>

/** One's own links with what each brought. */
export function linksQuery(asked: LinksAsked) {
  return queryOptions({
    queryKey: ['links', asked],
    queryFn: () => answer(client.api.links.$get({ query: paged(asked, LINKS_PER_PAGE) })),
    placeholderData: (before) => before,
  })
}

export type LinkList = DataOf<typeof linksQuery>
export type OwnLink = LinkList['links'][number]

export type NewLink = z.infer<typeof CreateLink>

export function createLink(input: NewLink) {
  return answer(client.api.links.$post({ json: input }))
}

export type LinkChange = z.infer<typeof ChangeLink>

export function changeLink(id: string, change: LinkChange) {
  return answer(client.api.links[':id'].$patch({ param: { id }, json: change }))
}
