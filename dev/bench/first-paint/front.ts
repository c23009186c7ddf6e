import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Stack } from '#dev/environment/stack.ts'

/**
 * Cloudflare compresses between its edge and the browser, which no local runtime does. Of its list those that we serve
 * (https://developers.cloudflare.com/speed/optimization/content/compression/); woff2 is compressed in itself and not on it.
 */
const COMPRESSED =
  /^(?:text\/(?:html|css|plain|javascript|xml)|application\/(?:javascript|json|xml|manifest\+json)|image\/(?:svg\+xml|x-icon))\b/
/** "Cloudflare will only compress responses if their status code is 200", and of errors 403 and 404. */
const STATUSES: ReadonlySet<number | undefined> = new Set([200, 403, 404])
/** Their documents name no level; what their edge sends is about as large as brotli's fourth. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }
const GZIP = { level: 6 }

/** Stands before both sites as Cloudflare's edge does and compresses what that would; everything else passes as it is, sockets too. */
export async function startCompressingFront(sitesPort: number, stack: Stack): Promise<number> {
  const target = { host: '127.0.0.1', port: sitesPort }
  const server = createServer((incoming, outgoing) => pass(incoming, outgoing, target))
  server.on('upgrade', (incoming: IncomingMessage, socket: Socket, head: Buffer) => tunnel(incoming, socket, head, target))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  await stack.add(async () => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

function pass(incoming: IncomingMessage, outgoing: ServerResponse, target: { host: string; port: number }): void {
  const { 'accept-encoding': accepted = '', ...headers } = incoming.headers
  const onward = request({ ...target, method: incoming.method, path: incoming.url, headers }, (answer) => {
    const parts: Buffer[] = []
    answer.on('data', (part: Buffer) => parts.push(part))
    answer.on('end', () => {
      const whole = Buffer.concat(parts)
      const { 'transfer-encoding': _, ...own } = answer.headers
      const { body, encoding } = compressed(whole, answer, accepted)
      outgoing.writeHead(answer.statusCode ?? 502, {
        ...own,
        ...(encoding && { 'content-encoding': encoding }),
        'content-length': body.length,
      })
      outgoing.end(body)
    })
  })
  onward.on('error', () => outgoing.writeHead(502).end())
  incoming.pipe(onward)
}

function compressed(body: Buffer, { statusCode, headers }: IncomingMessage, accepted: string): { body: Buffer; encoding: string | null } {
  const may = STATUSES.has(statusCode) && COMPRESSED.test(headers['content-type'] ?? '') && body.length > 0
  if (may && /\bbr\b/.test(accepted)) return { body: brotliCompressSync(body, BROTLI), encoding: 'br' }
  if (may && /\bgzip\b/.test(accepted)) return { body: gzipSync(body, GZIP), encoding: 'gzip' }
  return { body, encoding: null }
}

function tunnel(incoming: IncomingMessage, socket: Socket, head: Buffer, target: { host: string; port: number }): void {
  const onward = connect(target, () => {
    const lines = Array.from({ length: incoming.rawHeaders.length / 2 }, (_, at) =>
      incoming.rawHeaders.slice(at * 2, at * 2 + 2).join(': '),
    )
    onward.write([`${incoming.method} ${incoming.url} HTTP/1.1`, ...lines, '', ''].join('\r\n'))
    onward.write(head)
    socket.pipe(onward).pipe(socket)
  })
  for (const side of [socket, onward]) side.on('error', () => (socket.destroy(), onward.destroy()))
}
