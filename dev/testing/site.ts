import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import type { TestDatabase } from '#db/testing.ts'
import { app } from '#api/app.ts'
import { runCron } from '#api/cron.ts'
import { makeCardForms } from '#dev/deploy/card-forms.ts'
import { Person } from '#dev/http-client.ts'
import { startMailbox } from '#dev/stand-ins/mailbox/server.ts'
import { start as startVault } from '#dev/stand-ins/pci-vault/server.ts'
import { twoKeys } from '#dev/stand-ins/processor/keys.ts'
import { start as startProcessor } from '#dev/stand-ins/processor/server.ts'
import { closeMailbox, openMailbox } from './mailboxes.ts'
import { testServices } from './services.ts'

const KEYS = { username: 'vault-user', password: 'vault-password', keyUser: 'vault-key', keyPassphrase: 'vault-passphrase' }
const PROCESSOR_KEYS = { own: 'processor-key', vault: 'processor-key-that-travels' }
const PROCESSOR_WEBHOOK_SECRET = 'processor-webhook-secret'
const MAIL_KEY = 'mail-key'
/** Mails within a second that no test sends: most tests are not about the pace, and the one at which mails leave is tested by itself. */
const UNHURRIED = 1_000

/** The whole app behind a real HTTP server, with the vault, the processor and the mailbox that it talks to over HTTP. */
export async function startSite(t: Pick<TestDatabase, 'databaseUrl' | 'httpEndpoint'>) {
  const [vault, processor, mailbox] = await Promise.all([
    startVault({ port: 0, ...KEYS, firstBackoffMs: 50 }),
    startProcessor({ port: 0, keys: twoKeys(PROCESSOR_KEYS.own, PROCESSOR_KEYS.vault), firstBackoffMs: 50 }),
    startMailbox({ apiKey: MAIL_KEY, perSecond: UNHURRIED }),
  ])
  let handle: (request: Request) => Promise<Response> = async () => new Response(null, { status: 503 })
  const server = createServer((request, response) => void relay(request, response, (asked) => handle(asked)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const services = testServices(t, {
    WEOKTO_ORIGIN: `http://weokto.localhost:${port}`,
    STAM_ORIGIN: `http://stam.localhost:${port}`,
    WEBHOOK_ORIGIN: `http://stam.localhost:${port}`,
    WEBHOOK_ORIGINS: `http://weokto.localhost:${port}`,
    PCI_VAULT_BASE_URL: vault.baseUrl,
    PCI_VAULT_USERNAME: KEYS.username,
    PCI_VAULT_PASSWORD: KEYS.password,
    PCI_VAULT_KEY_USER: KEYS.keyUser,
    PCI_VAULT_KEY_PASSPHRASE: KEYS.keyPassphrase,
    PCI_VAULT_FORMS: await makeCardForms({ baseUrl: vault.baseUrl, ...KEYS }),
    PROCESSOR_BASE_URL: processor.url,
    PROCESSOR_OWN_KEY: PROCESSOR_KEYS.own,
    PROCESSOR_VAULT_KEY: PROCESSOR_KEYS.vault,
    PROCESSOR_WEBHOOK_SECRET,
    EMAIL_BASE_URL: mailbox.url,
    EMAIL_API_KEY: MAIL_KEY,
  })
  /** What the network's edge says of whoever asks; a test that comes from elsewhere changes it, or sends the header for one request. */
  const edge = { ip: '203.0.113.7', country: 'FR', city: 'Lyon' }
  const origins = [services.config.STAM_ORIGIN, services.config.WEOKTO_ORIGIN]
  openMailbox(origins, mailbox.mails)
  handle = async (request) => app.fetch(request, { services, edge: { ...edge, ip: request.headers.get('cf-connecting-ip') ?? edge.ip } })
  processor.tellTo({ url: `${services.config.STAM_ORIGIN}/webhooks/processor`, secret: PROCESSOR_WEBHOOK_SECRET })
  mailbox.teller.tellTo({ url: `${services.config.WEOKTO_ORIGIN}/webhooks/mail`, secret: services.config.EMAIL_WEBHOOK_SECRET })
  return {
    services,
    edge,
    vault,
    processor,
    mailbox,
    /** Somebody at this address, all at one when none is given. */
    stam: (ip?: string) => new Person(services.config.STAM_ORIGIN, edgeOf(ip)),
    weokto: (ip?: string) => new Person(services.config.WEOKTO_ORIGIN, edgeOf(ip)),
    cron: (schedule: string, at: Date) => runCron(services, schedule, at),
    async stop() {
      await services.runtime.settled()
      closeMailbox(origins)
      await Promise.all([vault.stop(), processor.stop(), mailbox.stop()])
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
