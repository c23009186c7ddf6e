import { Hono, type Context } from 'hono'
import { AppError } from '#domain/error.ts'
import { ASSET_HEADERS, PAY_SCRIPT, PAY_SCRIPT_HEADERS } from '#api/http/asset-headers.ts'
import type { AppEnv } from '#api/http/env.ts'

/** A built file's own path: an extension at the end, nothing hidden, no way up. */
const FILE = /^\/(?!.*\.\.)[A-Za-z0-9/_-]+\.(?:js|css|svg|png|ico|txt|webmanifest|woff2)$/
const LANDING = /^\/l\/([a-z0-9-]{1,80})\/?$/

/** Everything that is no API call: the site's own SPA by host, its hand-coded landing pages, and built files. */
export const pageRoutes = new Hono<AppEnv>().on(['GET', 'HEAD'], '/*', async (c) => {
  const { pathname } = new URL(c.req.url)
  const landing = LANDING.exec(pathname)?.[1]
  if (landing) return servePage(c, `/landing/${landing}/index.html`)
  if (FILE.test(pathname)) return serveFile(c, pathname)
  return servePage(c, c.get('ctx').platform === 'WEOKTO' ? '/weokto/index.html' : '/stam/index.html')
})

/** A browser that has the file already asks whether it changed: 304 is as good as the file. */
function isThere(file: Response): boolean {
  return file.ok || file.status === 304
}

async function servePage(c: Context<AppEnv>, path: string): Promise<Response> {
  const file = await c.get('ctx').runtime.asset(c.req.raw, path)
  if (!isThere(file)) throw new AppError('not_found')
  const response = new Response(file.body, file)
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
  return path === PAY_SCRIPT ? PAY_SCRIPT_HEADERS : { 'cache-control': 'public, max-age=300' }
}
