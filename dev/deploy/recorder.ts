import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** One request as Cloudflare would have received it. */
export interface Heard {
  what: string
  token: string
  body: string
}

export interface Recorder {
  url: string
  heard: Heard[]
  /** The secrets that the Worker has; null while there is no Worker. */
  secrets: string[] | null
  /** The last change of the rooms' class that the Worker has had; null while it has had none. */
  migrationTag: string | null
  stop(): Promise<void>
}

export const ACCOUNT = '0123456789abcdef0123456789abcdef'
export const TOKEN = 'cloudflare-token'
const VERSION = '6f9619ff-8b86-4d01-b42d-00c04fc964ff'
const WORKER = '/workers/scripts/weokto-stam'

const NO_DOMAINS = { added: [], removed: [], updated: [], conflicting: [] }
const SUBDOMAIN = { enabled: false, previews_enabled: false }

/**
 * Cloudflare's interface (developers.cloudflare.com/api) as far as a deployment of a Worker that is there already goes: it says yes and remembers
 * what it was told. What it does not know it refuses as Cloudflare refuses a path that it does not have.
 */
const ANSWERS: Readonly<Record<string, unknown>> = {
  'GET /workers/workers/weokto-stam': { id: 'worker', name: 'weokto-stam', subdomain: SUBDOMAIN },
  [`GET ${WORKER}/deployments`]: { deployments: [] },
  [`GET ${WORKER}/settings`]: { bindings: [{ type: 'kv_namespace', name: 'CACHE', namespace_id: 'cache' }] },
  [`POST ${WORKER}/assets-upload-session`]: { jwt: 'e30.e30.x', buckets: [] },
  // A change of the rooms' class cannot travel as a version (error 10211): the whole Worker is replaced at once.
  [`PUT ${WORKER}`]: { id: 'weokto-stam', etag: 'etag', deployment_id: VERSION, startup_time_ms: 40 },
  [`POST ${WORKER}/versions`]: { id: VERSION, startup_time_ms: 40, resources: { script: { etag: 'etag' } } },
  [`POST ${WORKER}/deployments`]: { id: VERSION },
  [`PATCH ${WORKER}/script-settings`]: {},
  [`GET ${WORKER}/subdomain`]: SUBDOMAIN,
  [`POST ${WORKER}/subdomain`]: SUBDOMAIN,
  [`POST ${WORKER}/domains/changeset`]: NO_DOMAINS,
  [`PUT ${WORKER}/domains/records`]: {},
  [`PUT ${WORKER}/schedules`]: {},
  'POST /queues/clicks/consumers': {},
  'POST /queues/clicks-dead/consumers': {},
}

export async function startRecorder(): Promise<Recorder> {
  const server = createServer((request, response) => void take(recorder, request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const stop = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  const recorder: Recorder = { url: `http://127.0.0.1:${port}`, heard: [], secrets: [], migrationTag: 'v1', stop }
  return recorder
}

async function take(recorder: Recorder, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await text(request)
  const url = new URL(request.url ?? '/', recorder.url)
  const what = `${request.method} ${url.pathname.replace(`/accounts/${ACCOUNT}`, '')}`
  const token = (request.headers.authorization ?? '').replace('Bearer ', '')
  recorder.heard.push({ what, token, body })
  const [status, answer] = token === TOKEN ? answerTo(recorder, what, url.searchParams) : refusal(403, 10000, 'Authentication error')
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
}

function answerTo({ secrets, migrationTag }: Recorder, what: string, query: URLSearchParams): [number, unknown] {
  if (what === 'GET /workers/services/weokto-stam') {
    const script = { tag: 'tag', tags: [], last_deployed_from: 'wrangler', migration_tag: migrationTag ?? undefined }
    return yes({ default_environment: { environment: 'production', script } })
  }
  if (what === `GET ${WORKER}/secrets`) {
    if (secrets === null) return refusal(404, 10007, 'This Worker does not exist on your account.')
    return yes(secrets.map((name) => ({ name, type: 'secret_text' })))
  }
  if (what === 'GET /queues') return yes([{ queue_id: query.get('name'), queue_name: query.get('name'), producers: [], consumers: [] }])
  return what in ANSWERS ? yes(ANSWERS[what]) : refusal(404, 7003, 'Could not route to that path.')
}

function yes(result: unknown): [number, unknown] {
  return [200, { success: true, errors: [], messages: [], result }]
}

function refusal(status: number, code: number, message: string): [number, unknown] {
  return [status, { success: false, errors: [{ code, message }], messages: [], result: null }]
}
