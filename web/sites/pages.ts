import type { AnyRoute } from '@tanstack/react-router'
import type { Locale } from '#domain/base/enums.ts'
import { speak } from '#web/data/locale.ts'
import { meQuery, type Me } from '#web/data/me.ts'
import { makeQueryClient } from '#web/data/query-client.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { drawOutline } from './outline/draw-outline.tsx'
import { drawPage } from './outline/draw-page.tsx'
import { drawnOf } from './outline/drawn.ts'
import { VIEWERS, type Viewer } from './outline/outline.ts'
import { pageList } from './page.ts'
import type { Site } from './site.ts'
import { stamRouter } from './stam/router.ts'
import { stam } from './stam/table.ts'
import { weoktoRouter } from './weokto/router.ts'
import { weokto } from './weokto/table.ts'

/** The line that catches every other address is no page; what is drawn there is the page that is not there. */
const NO_PAGE = '/$'

/**
 * Every page of each site, read from its table while the build runs and written beside the site (`pages.json`): from it the server knows which address
 * is no page, and what to show to robots.
 */
export const sitePages = { weokto: pagesOf(weokto), stam: pagesOf(stam) }

function pagesOf({ pages }: Site) {
  const list = pageList(pages).filter(({ path }) => path !== NO_PAGE)
  return { paths: list.map(({ path }) => path), public: list.flatMap(({ path, access }) => (access === 'public' ? [path] : [])) }
}

const SITES = {
  weokto: { site: weokto, router: weoktoRouter, description: m.sites_weokto_description },
  stam: { site: stam, router: stamRouter, description: m.sites_stam_description },
} as const

export type SiteKey = keyof typeof SITES

/** One page as the build writes it into the site's HTML. */
export interface DrawnPage {
  path: string
  viewer: Viewer
  /** The page whose screens will open there. */
  opened: string
  html: string
  title: string
  description: string
}

/** Every page of a site in one language, for whoever brings a session and whoever does not. */
export async function* drawPages(key: SiteKey, locale: Locale): AsyncGenerator<DrawnPage> {
  const { site, description, router } = SITES[key]
  for (const path of [...sitePages[key].paths, NO_PAGE]) {
    for (const viewer of VIEWERS) {
      speak(locale)
      const { title, opened } = drawnOf(site, path, viewer)
      // What anybody may read is drawn itself, for whoever is not known; of everything else the outline.
      const isDrawn = viewer === 'visitor' && sitePages[key].public.includes(path)
      const html = isDrawn ? await drawPage(router(), site.name, path, locale) : drawOutline(site, { path, viewer, locale })
      yield { path, viewer, opened, html, title: `${title()} · ${site.name}`, description: description() }
    }
  }
}

/** Has every route of a page load its own files, so that whoever listens learns which these are. */
export async function loadScreens(key: SiteKey, path: string): Promise<void> {
  const { routesByPath }: { routesByPath: Readonly<Record<string, AnyRoute>> } = SITES[key].router()
  for (let route = routesByPath[path]; route !== undefined; route = route.parentRoute) await route.options.component?.preload?.()
}

/** Has a page ask for what it asks for at once, so that whoever listens to the calls learns which these are; "$slug" stands for the address's own part. */
export async function loadData(key: SiteKey, path: string, viewer: Viewer): Promise<void> {
  const { site } = SITES[key]
  const { page, opened } = drawnOf(site, path, viewer)
  // Where it leads on hangs on who is here.
  if (opened !== page.path) return
  const queryClient = makeQueryClient()
  const user = viewer === 'member' ? ANYBODY : null
  queryClient.setQueryData(meQuery.queryKey, { platform: site.name, locale: 'fr', awaitsOwner: false, user })
  const params = Object.fromEntries(Array.from(path.matchAll(/\$(\w+)/g), ([name, key = '']) => [key, name]))
  const context = { queryClient, pages: pageList(site.pages) }
  if (user && page.frame === undefined) site.doors?.load(queryClient)
  void page.load?.({ context, params, location: { href: path, search: {} } })
  // Nothing answers: what is asked for now is what needs no answer before.
  await new Promise((resolve) => setTimeout(resolve))
}

/** Somebody with no right of their own: what a page begins with is the same for all whom its guard lets in. */
const ANYBODY: NonNullable<Me['user']> = { id: '', email: '', displayName: null, role: 'CLIENT', permissions: [], emailUnconfirmed: false }
