import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { PlainError } from '#dev/plain-error.ts'
import { cameByOurName } from './loopback.ts'

export type Asked = {
  method: string
  path: string
  query: URLSearchParams
  headers: Record<string, string>
  body: string
}

export type Told = { status: number; headers?: Record<string, string>; body?: string }

/** What a handler returns to close the connection without a word. */
export const HANG_UP = 'hang up'

export type Handler = (asked: Asked) => Promise<Told | typeof HANG_UP>

export type Served = { url: string; port: number; stop: () => Promise<void> }

const LOOPBACK = '127.0.0.1'

const MAX_BODY_BYTES = 256 * 1024

/** Stand-ins accept made-up cards and obey anybody: started next to real customers they would be a hole. */
export function refuseProduction(name: string): void {
  if (process.env['NODE_ENV'] === 'production')
    throw new PlainError(`${name} is a stand-in and does not start when NODE_ENV is production.`)
}

/** Listens on this machine alone (port 0: any free one) and hands whole requests to `handler`; what it throws becomes a 500 without details. */
export async function serve(wanted: { host?: typeof LOOPBACK; port: number }, handler: Handler): Promise<Served> {
  const server = createServer((request, response) => {
    answer(request, response, handler).catch(() => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' })
      response.end('{"error":"the stand-in failed"}')
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(wanted.port, LOOPBACK, resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : wanted.port
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `http://${LOOPBACK}:${port}`, port, stop }
}

async function answer(request: IncomingMessage, response: ServerResponse, handler: Handler): Promise<void> {
  if (!cameByOurName(request.headers.host)) {
    response.writeHead(421, { 'content-type': 'application/json', connection: 'close' }).end('{"error":"this host is not served"}')
    return
  }
  const body = await bodyOf(request)
  if (body === null) {
    response.writeHead(413, { 'content-type': 'application/json', connection: 'close' }).end('{"error":"too large"}')
    return
  }
  const url = new URL(request.url ?? '/', 'http://stand-in')
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
  const told = await handler({ method: request.method ?? 'GET', path: url.pathname, query: url.searchParams, headers, body })
  if (told === HANG_UP) {
    request.socket.destroy()
    return
  }
  response.writeHead(told.status, told.headers ?? {}).end(request.method === 'HEAD' ? '' : (told.body ?? ''))
}

async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    const part = Buffer.from(chunk)
    length += part.length
    if (length > MAX_BODY_BYTES) return null
    chunks.push(part)
  }
  return Buffer.concat(chunks).toString('utf8')
}

export const json = (status: number, value: unknown, headers: Record<string, string> = {}): Told => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
  body: JSON.stringify(value),
})

export function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
