import * as z from 'zod'
import type { Platform } from '#domain/base/enums.ts'
import { folderOf } from './page-file.ts'
import type { Runtime } from './runtime.ts'

/** What the build says of a site's pages; it is read from the site's own router, so no list of paths stands here. */
const SitePagesSchema = z.object({
  /** Every page, in the router's spelling: "/c/$slug". */
  paths: z.array(z.string()),
  /** Those that anybody may read, whole addresses each. */
  public: z.array(z.string()),
})
export type SitePages = z.infer<typeof SitePagesSchema>

/** A build lasts as long as the process. */
const known = new Map<Platform, SitePages>()

/** A site's pages, read once; null where no build is there to be served. */
export async function loadSitePages(runtime: Runtime, request: Request, platform: Platform): Promise<SitePages | null> {
  const before = known.get(platform)
  if (before) return before
  const file = await runtime.asset(new Request(request.url), `${folderOf(platform)}/pages.json`)
  if (!file.ok) return null
  const pages = SitePagesSchema.parse(await file.json())
  known.set(platform, pages)
  return pages
}

export interface PageFound {
  /** In the router's spelling: "/c/$slug". */
  path: string
  /** What the address says in the place of each "$name", as it is spelt there. */
  params: ReadonlyMap<string, string>
}

/** Which of these pages an address is: as the router matches it, decoded, in either case, with or without one slash at its end. */
export function findPage(paths: readonly string[], pathname: string): PageFound | null {
  const asked = partsOf(pathname)
  if (asked === null) return null
  const spelt = pathname.split('/').slice(1)
  for (const path of paths) {
    const parts = path === '/' ? [] : path.slice(1).split('/')
    if (parts.length !== asked.length || !parts.every((part, at) => part.startsWith('$') || part.toLowerCase() === asked[at])) continue
    return { path, params: new Map(parts.flatMap((part, at) => (part.startsWith('$') ? [[part, spelt[at] ?? '']] : []))) }
  }
  return null
}

export const isPage = (paths: readonly string[], pathname: string): boolean => findPage(paths, pathname) !== null

/** The parts between the slashes; null where one is empty or cannot be read. */
function partsOf(path: string): string[] | null {
  const parts = path.toLowerCase().replace(/^\//, '').replace(/\/$/, '').split('/')
  try {
    const read = parts.map((part) => decodeURIComponent(part))
    if (path === '/') return []
    return read.includes('') ? null : read
  } catch {
    return null
  }
}

/**
 * Where a robot may go. /api/ is not forbidden, because a public page draws itself from it and a robot that may not ask would see a problem instead;
 * what may be shown is said by each page.
 */
export function robotsOf(origin: string): string {
  return `User-agent: *\nDisallow: /webhooks/\nDisallow: /r/\n\nSitemap: ${origin}/sitemap.xml\n`
}

/** The public pages, as sitemaps.org/protocol.html has them. */
export function sitemapOf(origin: string, pages: SitePages): string {
  const urls = pages.public.map((path) => `<url><loc>${origin}${path}</loc></url>`)
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join('\n')}\n</urlset>\n`
}
