import { queryOptions } from '@tanstack/react-query'
import type * as z from 'zod/mini'
import type { ChangeLink, CreateLink } from '#domain/affiliation/link.ts'
import { answer, client } from './client.ts'
import type { DataOf } from './data-of.ts'
import { homeQuery } from './overview.ts'
import { type Asked, paged } from './paged.ts'
import { marketplaceQuery } from './products.ts'

export const LINKS_PER_PAGE = 20

export type LinksAsked = Asked<typeof client.api.links.$get>

const linksKey = ['links'] as const

/** One's own links with what each brought. */
export function linksQuery(asked: LinksAsked) {
  return queryOptions({
    queryKey: [...linksKey, asked],
    queryFn: () => answer(client.api.links.$get({ query: paged(asked, LINKS_PER_PAGE) })),
    placeholderData: (before) => before,
  })
}

export type LinkList = DataOf<typeof linksQuery>
export type OwnLink = LinkList['links'][number]

export type NewLink = z.infer<typeof CreateLink>

/** A link is listed, offered beside its product and counted on the home page. */
const changes = [linksKey, marketplaceQuery.queryKey, homeQuery.queryKey]

export const createLink = { run: (input: NewLink) => answer(client.api.links.$post({ json: input })), changes }

export type LinkChange = z.infer<typeof ChangeLink>

export const changeLink = {
  run: ({ id, change }: { id: string; change: LinkChange; text: string }) =>
    answer(client.api.links[':id'].$patch({ param: { id }, json: change })),
  changes,
}
