import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { extname, join } from 'node:path'
import { localeOf } from '#api/http/locale.ts'
import { pageFile } from '#api/page-file.ts'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** As strict as the product's own policy, so that a page that needs more fails here first. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'"

function fileFor(path: string, site: 'weokto' | 'stam', asked: IncomingMessage): string {
  if (path.startsWith('/assets/') || path === '/pay.js') return path
  const landing = /^\/l\/([a-z0-9-]+)$/.exec(path)?.[1]
  return landing ? `/landing/${landing}/index.html` : pageFile(site, { path: '/styleguide', locale: languageOf(asked), viewer: 'visitor' })
}

const languageOf = ({ headers }: IncomingMessage) =>
  localeOf(
    new Request('http://localhost', { headers: { 'accept-language': headers['accept-language'] ?? '', cookie: headers.cookie ?? '' } }),
  )

async function answer(
  distDir: string,
  path: string,
  asked: IncomingMessage,
  response: ServerResponse,
  site: 'weokto' | 'stam',
): Promise<void> {
  const file = fileFor(path, site, asked)
  try {
    const body = await readFile(join(distDir, file))
    const type = types[extname(file)] ?? 'application/octet-stream'
    response.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY }).end(body)
  } catch {
    response.writeHead(404).end()
  }
}

/** Serves what the build made, one site at a time, without the API: enough for the style guide, which needs no data. */
export async function staticSite(distDir: string, site: 'weokto' | 'stam'): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    void answer(distDir, pathname, request, response, site)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The static site has no port.')
  return { url: `http://127.0.0.1:${address.port}`, close: () => server.close() }
}
