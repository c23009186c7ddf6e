import { createTestHarness, type TestHarnessOptions } from 'wrangler'
import { QUIET_WRANGLER } from './api.ts'
import { environmentOf, NO_CARD_FORMS, NOWHERE, originsAt, type Places } from './variables.ts'
import { ROOT } from './root.ts'
import { freshSecrets, type Secrets } from './secrets.ts'
import { fire } from './ticker.ts'

export interface EdgeOptions {
  databaseUrl: string
  httpEndpoint: string
  /** The outside parties that were started for it; without them nobody answers. */
  standIns?: Pick<Places, 'vaultUrl' | 'cardForms' | 'processorUrl' | 'mailUrl'>
  /** What the outside parties were started with; made for this app alone unless told. */
  secrets?: Secrets
  /** Further or other settings of the app. */
  environment?: Record<string, string>
}

/** A running server of the app that black-box tests speak to, whatever runs it. */
export interface Edge {
  weokto: string
  stam: string
  environment: Record<string, string>
  stop(): Promise<void>
}

export interface WorkerEdge extends Edge {
  /** Runs one schedule as if it were `time`. */
  fire(cron: string, time: Date): Promise<void>
  /** The Worker's own bindings: KV and queue as the Worker sees them. */
  bindings(): Promise<Record<string, unknown>>
  /** What the Worker wrote to its log so far. */
  logs(): string[]
  /** Ends what a room that is awake holds in memory, and its sockets with it unless they are to sleep; what it stored stays. */
  evictRoom(channelId: string, webSockets: 'close' | 'hibernate'): Promise<void>
}

/** Settings of an app at a port of this machine, with secrets that last as long as the test. Its rooms are its own unless `environment` says where. */
export function edgeEnvironment(port: number, options: EdgeOptions): Record<string, string> {
  const { databaseUrl, httpEndpoint, standIns = NOBODY, secrets = freshSecrets() } = options
  return { ...environmentOf({ databaseUrl, httpEndpoint, sitesPort: port, ...standIns }, secrets), ...options.environment }
}

const NOBODY = { vaultUrl: `${NOWHERE}/v1`, cardForms: NO_CARD_FORMS, processorUrl: NOWHERE, mailUrl: NOWHERE }

/** The harness with the Worker of wrangler.toml and these settings. */
const withSettings = (secrets: Record<string, string>): TestHarnessOptions => ({
  root: ROOT,
  workers: [{ configPath: 'wrangler.toml', secrets }],
})

/** Runs api/worker.ts in workerd on a free port with the bindings of wrangler.toml. */
export async function startEdge(options: EdgeOptions): Promise<WorkerEdge> {
  Object.assign(process.env, QUIET_WRANGLER)
  const harness = createTestHarness(withSettings(edgeEnvironment(0, options)))
  try {
    // The app must know its own address, which is known only once it listens; the port stays when the settings change.
    const port = Number((await harness.listen()).url.port)
    const environment = edgeEnvironment(port, options)
    await harness.update(withSettings(environment))
    const { url } = await harness.listen()
    if (Number(url.port) !== port) throw new Error(`The local runtime moved from port ${port} to ${url.port}.`)
    return {
      ...originsAt(port),
      environment,
      fire: (cron, time) => fire(url.origin, cron, time),
      bindings: () => harness.getWorker().getEnv(),
      logs: () => harness.getLogs().map((line) => line.message),
      evictRoom: (channelId, webSockets) => harness.getWorker().evictDurableObject('Channel', { name: channelId, webSockets }),
      stop: () => harness.close(),
    }
  } catch (error) {
    await harness.close()
    throw error
  }
}
