import * as z from 'zod'
import { current, upload, type Account } from './account.ts'

export type Answer = [status: number, body: unknown]

export interface Question {
  what: string
  query: URLSearchParams
  body: string
}

const NO_DOMAINS = { added: [], removed: [], updated: [], conflicting: [] }
const SUBDOMAIN = { enabled: false, previews_enabled: false }

/**
 * Cloudflare's interface (developers.cloudflare.com/api) as far as a deployment of a Worker goes: it remembers what it was told, and what it does not
 * know it refuses as Cloudflare refuses a path that it does not have.
 */
export function answerTo(account: Account, question: Question): Answer {
  const { what } = question
  const own = `/workers/scripts/${account.worker}`
  if (account.secrets === null && what.startsWith(`GET ${own}/`)) return noWorker()
  if (what === `GET ${own}/secrets`) return yes((account.secrets ?? []).map((name) => ({ name, type: 'secret_text' })))
  if (what === 'GET /queues')
    return yes(question.query.getAll('name').map((name) => ({ ...NO_CONSUMERS, queue_id: name, queue_name: name })))
  if (what === 'GET /storage/kv/namespaces') return yes(account.namespaces.map((title) => ({ id: idOf(title), title })))
  if (what === 'POST /storage/kv/namespaces') return makeNamespace(account, question.body)
  if (/^POST \/queues\/[a-z-]+\/consumers$/.test(what)) return yes({})
  return (
    answerOfVersions(account, question, what.replace(own, '')) ??
    plainAnswer(account, what.replace(own, '').replace(account.worker, ':worker')) ??
    refusal(404, 7003, 'Could not route to that path.')
  )
}

/** As long as Cloudflare's own ids of namespaces. */
const idOf = (title: string): string => Buffer.from(title).toString('hex').padEnd(32, '0').slice(0, 32)

function makeNamespace({ namespaces }: Account, body: string): Answer {
  const asked = z.object({ title: z.string().min(1).max(512) }).safeParse(jsonIn(body))
  if (!asked.success) return refusal(400, 10014, 'The title of a namespace is missing.')
  const { title } = asked.data
  if (namespaces.includes(title)) return refusal(400, 10014, 'A namespace with this account ID and title already exists.')
  namespaces.push(title)
  return yes({ id: idOf(title), title })
}

const NO_CONSUMERS = { producers: [], consumers: [] }

/** The questions that have one answer whatever came before. */
function plainAnswer({ secrets, migrationTag, namespaces, worker }: Account, what: string): Answer | null {
  switch (what) {
    case 'GET /workers/services/:worker': {
      if (secrets === null) return noWorker()
      const script = { tag: 'tag', tags: [], last_deployed_from: 'wrangler', migration_tag: migrationTag ?? undefined }
      return yes({ default_environment: { environment: 'production', script } })
    }
    case 'GET /workers/workers/:worker':
      return yes({ id: 'worker', name: worker, subdomain: SUBDOMAIN })
    case 'GET /settings':
      return yes({
        bindings: migrationTag === null ? [] : [{ type: 'kv_namespace', name: 'CACHE', namespace_id: idOf(namespaces[0] ?? '') }],
      })
    case 'POST /assets-upload-session':
      return yes({ jwt: 'e30.e30.x', buckets: [] })
    case 'GET /subdomain':
    case 'POST /subdomain':
      return yes(SUBDOMAIN)
    case 'POST /domains/changeset':
      return yes(NO_DOMAINS)
    case 'PATCH /script-settings':
    case 'PUT /domains/records':
    case 'PUT /schedules':
      return yes({})
    default:
      return null
  }
}

const WHOLE = 'Cannot apply a Durable Object migration with a version upload.'

function answerOfVersions(account: Account, { body }: Question, what: string): Answer | null {
  const [, version = ''] = /^GET \/versions\/([0-9a-f-]{36})$/.exec(what) ?? []
  if (version !== '') return account.versions.includes(version) ? yes(detailOf(version)) : noVersion(version)
  switch (what) {
    case 'GET /versions':
      return yes({ items: account.versions.toReversed().map(detailOf) })
    case 'GET /deployments':
      return yes({ deployments: account.deployments.toReversed().map((versions) => ({ id: 'deployment', versions, annotations: {} })) })
    case 'POST /versions':
      // A change of the rooms' class cannot travel as a version: the whole Worker is replaced at once.
      if (body.includes('"migrations":')) return refusal(400, 10211, WHOLE)
      return yes({ ...detailOf(upload(account)), startup_time_ms: 40 })
    case 'POST /deployments':
      return deploy(account, body)
    case 'PUT ': {
      const id = upload(account)
      account.deployments.push([{ version_id: id, percentage: 100 }])
      const [, tag = account.migrationTag] = /"new_tag":"([^"]+)"/.exec(body) ?? []
      account.migrationTag = tag
      return yes({ id: account.worker, etag: 'etag', deployment_id: id, startup_time_ms: 40 })
    }
    default:
      return null
  }
}

const DeploymentSchema = z.object({
  strategy: z.literal('percentage'),
  versions: z
    .array(z.object({ version_id: z.string(), percentage: z.number().min(0).max(100) }))
    .min(1)
    .max(2),
})

/** One or two versions that share all requests between them. */
function deploy(account: Account, body: string): Answer {
  const asked = DeploymentSchema.safeParse(jsonIn(body))
  if (!asked.success) return refusal(400, 10021, 'The deployment is not valid.')
  const { versions } = asked.data
  const unknown = versions.find(({ version_id }) => !account.versions.includes(version_id))
  if (unknown) return noVersion(unknown.version_id)
  const sum = versions.reduce((total, { percentage }) => total + percentage, 0)
  if (sum !== 100) return refusal(400, 10021, `The percentages of a deployment add up to 100, and these to ${sum}.`)
  account.deployments.push(versions)
  return yes({ id: `deployment-${account.deployments.length}`, versions: current(account) })
}

function jsonIn(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}

const detailOf = (id: string) => ({
  id,
  number: 1,
  metadata: { created_on: '2026-11-25T00:00:00Z', has_preview: false, source: 'wrangler' },
  annotations: {},
  resources: { bindings: [], script: { etag: 'etag', handlers: ['fetch'] }, script_runtime: {} },
})

const noWorker = (): Answer => refusal(404, 10007, 'This Worker does not exist on your account.')
const noVersion = (id: string): Answer => refusal(404, 10204, `There is no version ${id}.`)

function yes(result: unknown): Answer {
  return [200, { success: true, errors: [], messages: [], result }]
}

export function refusal(status: number, code: number, message: string): Answer {
  return [status, { success: false, errors: [{ code, message }], messages: [], result: null }]
}
