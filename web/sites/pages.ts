import type { AnyRoute } from '@tanstack/react-router'
import type { Locale } from '#domain/base/enums.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import type { SiteRouter } from '#web/shell/site-page.tsx'
import { drawOutline } from './outline/draw-outline.tsx'
import { drawPage } from './outline/draw-page.tsx'
import { openedPath, outlineOf, VIEWERS, type SiteOutlines, type Viewer } from './outline/outline.ts'
import { Mark as StamMark } from './stam/mark.tsx'
import { stamOutlines } from './stam/outlines.ts'
import { stamRouter } from './stam/router.ts'
import { Mark as WeoktoMark } from './weokto/mark.tsx'
import { weoktoOutlines } from './weokto/outlines.ts'
import { weoktoRouter } from './weokto/router.ts'

/** The route that catches every other address is no page; what is drawn there is the page that is not there. */
const NO_PAGE = '/$'

/**
 * Every page of each site, read from the routers themselves while the build runs and written beside the site (`pages.json`): from it the server
 * knows which address is no page, and what to show to robots.
 */
export const sitePages = { weokto: pagesOf(weoktoRouter()), stam: pagesOf(stamRouter()) }

function pagesOf({ routesByPath }: { routesByPath: Readonly<Record<string, AnyRoute>> }) {
  const routes = Object.entries(routesByPath).filter(([path]) => path !== NO_PAGE)
  return {
    paths: routes.map(([path]) => path),
    public: routes.flatMap(([path, route]) => (route.options.staticData?.isPublic === true ? [path] : [])),
  }
}

const SITES = {
  weokto: { name: 'WEOKTO', Mark: WeoktoMark, outlines: weoktoOutlines, router: weoktoRouter, description: m.sites_weokto_description },
  stam: { name: 'STAM', Mark: StamMark, outlines: stamOutlines, router: stamRouter, description: m.sites_stam_description },
} as const satisfies Record<string, { outlines: SiteOutlines; router: () => SiteRouter; [key: string]: unknown }>

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
  /** What its loaders ask the API for at once. */
  asks: readonly string[]
}

/** Every page of a site in one language, for whoever brings a session and whoever does not. */
export async function* drawPages(site: SiteKey, locale: Locale): AsyncGenerator<DrawnPage> {
  const { outlines, name, description, router } = SITES[site]
  for (const path of [...sitePages[site].paths, NO_PAGE]) {
    for (const viewer of VIEWERS) {
      // What anybody may read is drawn itself, for whoever is not known; of everything else the outline.
      const isDrawn = viewer === 'visitor' && sitePages[site].public.includes(path)
      const html = isDrawn ? await drawPage(router(), name, path, locale) : drawOutline(SITES[site], outlines, { path, viewer, locale })
      const { title, asks = [], leadsTo } = outlineOf(outlines, path, viewer)
      const opened = leadsTo ?? openedPath(outlines, path, viewer)
      yield { path, viewer, opened, html, title: [title?.(), name].filter(Boolean).join(' · '), description: description(), asks }
    }
  }
}

/** Has every route of a page load its own files, so that whoever listens learns which these are. */
export async function loadScreens(site: SiteKey, path: string): Promise<void> {
  const leaf: AnyRoute | undefined = SITES[site].router().routesByPath[path]
  for (let route = leaf; route !== undefined; route = route.parentRoute) await route.options.component?.preload?.()
}
