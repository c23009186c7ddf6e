import { Hono, type Context } from 'hono'
import { AppError } from '#domain/error.ts'
import { ASSET_HEADERS, PAY_SCRIPT, PAY_SCRIPT_HEADERS } from '#api/http/asset-headers.ts'
import type { AppEnv } from '#api/http/env.ts'
import { readCookie } from '#api/http/cookies.ts'
import { withCalls } from './page-calls.ts'
import { folderOf, NO_PAGE, pageFile } from './page-file.ts'
import { findPage, isPage, loadSitePages, robotsOf, sitemapOf } from './site-pages.ts'
import { originOf } from './sites.ts'

/** A built file's own path: an extension at the end, nothing hidden, no way up. */
const FILE = /^\/(?!\/|.*\.\.)[A-Za-z0-9/_-]+\.(?:js|css|svg|png|ico|txt|webmanifest|woff2)$/
const LANDING = /^\/l\/([a-z0-9-]{1,80})\/?$/
/** Asked for by a name that both sites have: what a browser, a robot or a preview looks for unbidden. */
const SITE_FILE = /^\/(?:favicon\.ico|share\.png)$/

/** What stands in a page where its own origin belongs: a preview takes whole addresses only, and the build does not know them. */
const ORIGIN_IN_PAGES = 'https://origin.invalid'

/** Everything that is no API call: the site's own SPA by host, its hand-coded landing pages, what robots ask for, and built files. */
export const pageRoutes = new Hono<AppEnv>().on(['GET', 'HEAD'], '/*', async (c) => {
  const response = await servePath(c)
  // A robot that may not ask would never read this, so robots.txt stays as it is.
  if (c.get('ctx').config.INDEXING === 'off') response.headers.set('x-robots-tag', 'noindex')
  return response
})

function servePath(c: Context<AppEnv>): Response | Promise<Response> {
  const { pathname } = new URL(c.req.url)
  const landing = LANDING.exec(pathname)?.[1]
  if (landing) return serveLanding(c, landing)
  if (pathname === '/robots.txt') return serveText(c, 'text/plain', robotsOf(ownOrigin(c)))
  if (pathname === '/sitemap.xml') return serveSitemap(c)
  if (SITE_FILE.test(pathname)) return serveFile(c, folderOf(c.get('ctx').platform) + pathname)
  if (FILE.test(pathname)) return serveFile(c, pathname)
  return serveSite(c, pathname)
}

function ownOrigin(c: Context<AppEnv>): string {
  const { config, platform } = c.get('ctx')
  return originOf(config, platform)
}

function serveText(c: Context<AppEnv>, type: string, text: string): Response {
  return c.body(text, 200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'public, max-age=3600' })
}

async function serveSitemap(c: Context<AppEnv>): Promise<Response> {
  const { platform, runtime } = c.get('ctx')
  const pages = await loadSitePages(runtime, c.req.raw, platform)
  if (!pages) throw new AppError('not_found')
  return serveText(c, 'application/xml', sitemapOf(ownOrigin(c), pages))
}

/**
 * The site answers for every address, so that a wrong one still has its frame and a way on; what is no page of it says so in the status too. Each
 * page has its own HTML, in the reader's language, with what the browser should ask for; without a build list nothing is known to be a page.
 */
async function serveSite(c: Context<AppEnv>, pathname: string): Promise<Response> {
  const { platform, runtime } = c.get('ctx')
  const pages = await loadSitePages(runtime, c.req.raw, platform)
  const page = pages && findPage(pages.paths, pathname)
  if (!page) return serveNoPage(c)
  const response = await servePage(c, variantOf(c, page.path), (html) => withCalls(html, page.params, new URL(c.req.url).search))
  response.headers.append('vary', 'accept-language, cookie')
  // What only some may see is not shown to those who search.
  if (!isPage(pages.public, pathname)) response.headers.set('x-robots-tag', 'noindex')
  return response
}

/** A session that is brought is not looked up: what it opens is asked of the API, and the page's HTML holds nothing of anybody. */
function variantOf(c: Context<AppEnv>, path: string): string {
  const { platform, locale } = c.get('ctx')
  return pageFile(platform, { path, locale, viewer: readCookie(c, 'session') === null ? 'visitor' : 'member' })
}

/** A hand-coded page belongs to one site: on the other its address is none. */
async function serveLanding(c: Context<AppEnv>, slug: string): Promise<Response> {
  const { platform, runtime } = c.get('ctx')
  const pages = await loadSitePages(runtime, c.req.raw, platform)
  if (pages && !isPage(pages.public, `/l/${slug}`)) throw new AppError('not_found')
  return servePage(c, `/landing/${slug}/index.html`)
}

async function serveNoPage(c: Context<AppEnv>): Promise<Response> {
  // Asked for anew: "not changed" would be said of another answer, not of the page that is missing.
  const page = await servePage(c, variantOf(c, NO_PAGE), undefined, new Request(c.req.url, { method: c.req.method }))
  const headers = new Headers(page.headers)
  headers.set('cache-control', 'no-store')
  headers.set('x-robots-tag', 'noindex')
  headers.delete('etag')
  return new Response(page.body, { status: 404, headers })
}

/** A browser that has the file already asks whether it changed: 304 is as good as the file. */
function isThere(file: Response): boolean {
  return file.ok || file.status === 304
}

async function servePage(
  c: Context<AppEnv>,
  path: string,
  finish = (html: string): string => html,
  request = c.req.raw,
): Promise<Response> {
  const file = await c.get('ctx').runtime.asset(request, path)
  if (!isThere(file)) throw new AppError('not_found')
  const body = file.body && finish((await file.text()).replaceAll(ORIGIN_IN_PAGES, ownOrigin(c)))
  const response = new Response(body, file)
  response.headers.delete('content-length')
  // The page names the hashed files of its own build, so it is asked for again each time; they are kept for ever.
  response.headers.set('cache-control', 'no-cache')
  response.headers.set('content-type', 'text/html; charset=utf-8')
  return response
}

async function serveFile(c: Context<AppEnv>, path: string): Promise<Response> {
  const file = await c.get('ctx').runtime.asset(c.req.raw, path)
  if (!isThere(file)) throw new AppError('not_found')
  const response = new Response(file.body, file)
  for (const [name, value] of Object.entries(headersOf(path))) response.headers.set(name, value)
  return response
}

function headersOf(path: string): Readonly<Record<string, string>> {
  if (path.startsWith('/assets/')) return ASSET_HEADERS
  if (path === PAY_SCRIPT) return PAY_SCRIPT_HEADERS
  const own = { 'cache-control': 'public, max-age=300' }
  // The picture of a preview is drawn in somebody else's page.
  return path.endsWith('/share.png') ? { ...own, 'cross-origin-resource-policy': 'cross-origin' } : own
}
