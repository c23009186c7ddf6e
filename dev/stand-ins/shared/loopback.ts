import { request, type IncomingMessage } from 'node:http'
import type { LookupFunction } from 'node:net'

export type Sent = { method: string; url: string; headers: Record<string, string>; body: string; timeoutMs: number }
export type Heard = { status: number; headers: [string, string][]; body: string }

/** Stand-ins hold card numbers of tests and take orders from anybody on the machine, so they talk to the machine alone. */
export function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  return protocol === 'http:' && (isLocalName(hostname) || /^127(?:\.\d{1,3}){3}$/.test(hostname) || hostname === '[::1]')
}

/** Whether somebody asked for this machine by a name of its own: a page whose name was made to point here could read and order everything. */
export const cameByOurName = (host: string | undefined): boolean => isLoopback(`http://${host ?? ''}`)

const isLocalName = (name: string): boolean => name === 'localhost' || name.endsWith('.localhost')

/** Not every resolver knows names under localhost, browsers do; here they are all the same address. */
const lookup: LookupFunction = (name, options, done) => {
  const address = { address: '127.0.0.1', family: 4 }
  if (!isLocalName(name)) done(new Error('not a name of this machine'), '', 4)
  else if (options.all === true) done(null, [address])
  else done(null, address.address, address.family)
}

/** One HTTP request to this machine; rejects when nothing whole is heard within the time. */
export function send(message: Sent): Promise<Heard> {
  return new Promise((resolve, reject) => {
    if (!isLoopback(message.url)) {
      reject(new Error('A stand-in only reaches addresses of this machine.'))
      return
    }
    const length = Buffer.byteLength(message.body)
    const outgoing = request(message.url, {
      method: message.method,
      headers: { ...message.headers, 'content-length': length },
      lookup,
      agent: false,
      signal: AbortSignal.timeout(message.timeoutMs),
    })
    outgoing.once('error', reject)
    outgoing.once('response', (response) => {
      textOf(response).then((body) => resolve({ status: response.statusCode ?? 0, headers: pairsOf(response.rawHeaders), body }), reject)
    })
    outgoing.end(message.body)
  })
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}

function pairsOf(raw: readonly string[]): [string, string][] {
  return raw.flatMap((name, i): [string, string][] => (i % 2 === 0 ? [[name, raw[i + 1] ?? '']] : []))
}
