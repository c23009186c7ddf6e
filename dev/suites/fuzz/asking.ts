import { methodOf, pathOf, type Row } from './routes.ts'
import type { Asking, Signed, Who, World } from './world.ts'

/** Where somebody stands before a route: their session, at the site that the route serves, with the cookie of their checkout. */
export async function standing(w: World, row: Row, who: Who): Promise<Signed> {
  const signed = await w.as(who)
  const cookie = row.audience === 'browser' ? { ...signed.cookie, checkout: w.sold(who).browserSecret } : signed.cookie
  return { ...signed, cookie, origin: row.site ? w.originOf(row.site) : signed.origin }
}

export interface Told {
  parameters: Record<string, string>
  query: Record<string, string>
  body: unknown
}

/** What somebody would rightly tell a route. */
export function rightly(w: World, row: Row, who: Who, sessionId: string | null): Told {
  return { parameters: row.own?.(w, who, sessionId ?? '') ?? {}, query: row.query ?? {}, body: row.body?.(w, who) }
}

/** The request as a page would make it. */
export function askingOf(route: string, { parameters, query, body }: Told): Asking {
  const search = new URLSearchParams(query).toString()
  const asking = { method: methodOf(route), path: pathOf(route, parameters) + (search && `?${search}`) }
  return body === undefined ? asking : { ...asking, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}
