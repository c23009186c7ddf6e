import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { readBody } from '#dev/stand-ins/shared/read-body.ts'
import { refuseProduction } from '#dev/stand-ins/shared/serve.ts'
import { newAccount, type Account } from './account.ts'
import { answerTo, refusal, type Answer } from './answers.ts'

export const ACCOUNT = '0123456789abcdef0123456789abcdef'
export const TOKEN = 'cloudflare-token'

/** A Worker with its map of sources is some five megabytes. */
const MAX_BODY_BYTES = 32 * 1024 * 1024

export interface RunningCloudflare extends Account {
  url: string
  stop(): Promise<void>
}

/** The interface of an account, for `CLOUDFLARE_API_BASE_URL`: it listens on this machine alone, and answers only who asked for it by its own address. */
export async function startCloudflare(worker = 'weokto-stam'): Promise<RunningCloudflare> {
  refuseProduction('Cloudflare')
  const server = createServer((request, response) => void take(running, request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const stop = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  const running: RunningCloudflare = Object.assign(newAccount(worker), { url: `http://127.0.0.1:${port}`, stop })
  return running
}

async function take(cloudflare: RunningCloudflare, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [status, answer] = await answerOf(cloudflare, request)
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
}

async function answerOf(cloudflare: RunningCloudflare, request: IncomingMessage): Promise<Answer> {
  const url = new URL(request.url ?? '/', cloudflare.url)
  // A page in a browser of this machine reaches every port of it under a name of its own.
  if (request.headers.host !== new URL(cloudflare.url).host) return refusal(421, 1000, 'That host is not served here.')
  const body = await readBody(request, MAX_BODY_BYTES)
  if (body === null) return refusal(413, 10027, 'The upload is too large.')
  const token = (request.headers.authorization ?? '').replace('Bearer ', '')
  const what = `${request.method} ${url.pathname.replace(`/accounts/${ACCOUNT}`, '')}`
  cloudflare.heard.push({ what, token, body })
  if (token !== TOKEN) return refusal(403, 10000, 'Authentication error')
  return answerTo(cloudflare, { what, query: url.searchParams, body })
}
