import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import type { TestDatabase } from '#db/testing.ts'
import { app } from '#api/app.ts'
import { runCron } from '#api/cron.ts'
import { Stack } from '#dev/environment/stack.ts'
import { startStandIns } from '#dev/environment/stand-ins.ts'
import { environmentOf } from '#dev/environment/variables.ts'
import { Person } from '#dev/http-client.ts'
import { closeMailbox, openMailbox } from './mailboxes.ts'
import { testSecrets, testServices } from './services.ts'

/** Mails within a second that no test sends: most tests are not about the pace, and the one at which mails leave is tested by itself. */
const UNHURRIED = 1_000

/** The whole app behind a real HTTP server, with the vault, the processor and the mailbox that it talks to over HTTP. */
export async function startSite(t: Pick<TestDatabase, 'databaseUrl' | 'httpEndpoint'>) {
  const stack = new Stack()
  const secrets = testSecrets()
  const standIns = await startStandIns({ secrets, haste: { firstBackoffMs: 50 }, mailsPerSecond: UNHURRIED }, stack)
  let handle: (request: Request) => Promise<Response> = async () => new Response(null, { status: 503 })
  const server = createServer((request, response) => void relay(request, response, (asked) => handle(asked)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const { databaseUrl, httpEndpoint } = t
  const services = testServices(t, environmentOf({ databaseUrl, httpEndpoint, sitesPort: port, ...standIns }, secrets))
  /** What the network's edge says of whoever asks; a test that comes from elsewhere changes it, or sends the header for one request. */
  const edge = { ip: '203.0.113.7', country: 'FR', city: 'Lyon' }
  const origins = [services.config.STAM_ORIGIN, services.config.WEOKTO_ORIGIN]
  openMailbox(origins, standIns.mailbox.mails)
  handle = async (request) => app.fetch(request, { services, edge: { ...edge, ip: request.headers.get('cf-connecting-ip') ?? edge.ip } })
  standIns.tellTo({ weokto: services.config.WEOKTO_ORIGIN, stam: services.config.STAM_ORIGIN })
  return {
    services,
    edge,
    vault: standIns.vault,
    processor: standIns.processor,
    mailbox: standIns.mailbox,
    /** Somebody at this address, all at one when none is given. */
    stam: (ip?: string) => new Person(services.config.STAM_ORIGIN, edgeOf(ip)),
    weokto: (ip?: string) => new Person(services.config.WEOKTO_ORIGIN, edgeOf(ip)),
    cron: (schedule: string, at: Date) => runCron(services, schedule, at),
    async stop() {
      await services.runtime.settled()
      closeMailbox(origins)
      await stack.unwind()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const edgeOf = (ip: string | undefined): Record<string, string> => (ip === undefined ? {} : { 'cf-connecting-ip': ip })

export type Site = Awaited<ReturnType<typeof startSite>>

async function relay(incoming: IncomingMessage, outgoing: ServerResponse, handle: (request: Request) => Promise<Response>): Promise<void> {
  const method = incoming.method ?? 'GET'
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) for (const one of [value ?? []].flat()) headers.append(name, one)
  const body = method === 'GET' || method === 'HEAD' ? {} : { body: Readable.toWeb(incoming) as ReadableStream, duplex: 'half' as const }
  const response = await handle(
    new Request(`http://${incoming.headers.host ?? 'nowhere'}${incoming.url ?? '/'}`, { method, headers, ...body }),
  )
  const cookies = response.headers.getSetCookie()
  outgoing.writeHead(response.status, { ...Object.fromEntries(response.headers), ...(cookies.length > 0 ? { 'set-cookie': cookies } : {}) })
  outgoing.end(Buffer.from(await response.arrayBuffer()))
}
