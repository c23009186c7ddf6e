import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { sentenceOf } from '#dev/plain-error.ts'
import { startApi } from './api.ts'
import { seedIfEmpty, startDatabase } from './database.ts'
import { environmentOf, originsAt } from './variables.ts'
import { buildPages } from './pages.ts'
import type { Part } from './part.ts'
import { allFree, freePorts, type Ports } from './ports.ts'
import { localSecrets } from './secrets.ts'
import { Stack } from './stack.ts'
import { startStandIns } from './stand-ins.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { fire, startTicker } from './ticker.ts'

export interface EnvironmentOptions {
  /** Where data, logs and secrets live; a folder that goes away with the run unless told. */
  dataDir?: string
  /** Ports that nobody uses unless told. */
  ports?: Ports
  /** Fill an empty database with the demo. */
  seed: boolean
  /** Build the pages when they are older than their sources. */
  build?: boolean
  /** Fire the schedules by the clock; tests move the time themselves and want none. */
  ticker?: boolean
  /** Data that may be lost with the power: for tests. */
  fast?: boolean
  databaseUrl?: string | null
  adminUrl?: string | null
  /** Told before each step, for people who wait. */
  onStep?: (step: string) => void
  /** Stops whatever was started so far, also while it is still starting. */
  stack?: Stack
}

export interface Environment {
  weokto: string
  stam: string
  /** Where workerd listens; the local runtime's own handles are reached here. */
  apiUrl: string
  mailUrl: string
  vaultUrl: string
  processorUrl: string
  databaseUrl: string
  adminUrl: string
  httpEndpoint: string
  isSeeded: boolean
  /** What the app was configured with. */
  environment: Record<string, string>
  parts: Part[]
  /** Runs one schedule as if it were `time`. */
  fire(cron: string, time: Date): Promise<void>
  /** Settles with a sentence when a part ends on its own. */
  died: Promise<string>
  stop(): Promise<void>
}

/** Starts the whole product on this machine: what `npm start`, the browser tests, the demo and the benches share. */
export async function startEnvironment(options: EnvironmentOptions): Promise<Environment> {
  const stack = options.stack ?? new Stack()
  try {
    return await startAll(options, stack)
  } catch (error) {
    await stack.unwind()
    throw error
  }
}

async function startAll(options: EnvironmentOptions, stack: Stack): Promise<Environment> {
  const { databaseUrl = null, adminUrl = null, onStep = () => undefined } = options
  const dataDir = options.dataDir ?? (await temporaryFolder('environment', stack))
  const logDir = join(dataDir, 'logs')
  mkdirSync(logDir, { recursive: true })
  const ports = options.ports ?? (await freePorts())
  await allFree(ports, databaseUrl === null ? [] : ['postgres'])
  const secrets = localSecrets(dataDir)
  if (options.build !== false) {
    onStep('Building the pages')
    await buildPages(join(logDir, 'build.log'), stack)
  }
  onStep('Starting the database and bringing it up to date')
  const database = await startDatabase(
    {
      dataDir,
      logFile: join(logDir, 'postgres.log'),
      ports,
      fast: options.fast ?? false,
      appPassword: secrets.appPassword,
      databaseUrl,
      adminUrl,
      webhookOrigins: Object.values(originsAt(ports.sites)),
    },
    stack,
  )
  if (options.seed) onStep('Filling an empty database with the demo')
  const isSeeded = options.seed && (await seedIfEmpty(database))
  onStep('Starting the sites and the outside parties')
  const standIns = await startStandIns({ secrets, ports }, stack)
  standIns.tellTo(originsAt(ports.sites))
  const environment = environmentOf({ ...database, ...standIns, sitesPort: ports.sites }, secrets)
  const api = await startApi({ port: ports.sites, environment, dataDir, logDir }, stack)
  const parts = [...database.parts, api, ...standIns.parts]
  if (options.ticker === true) {
    const ticker = startTicker(api.url, (failure) =>
      appendFileSync(join(logDir, 'cron.log'), `${new Date().toISOString()} ${sentenceOf(failure)}\n`),
    )
    await stack.add(() => ticker.stop())
    parts.push({ name: 'Cron ticker', url: `${api.url}/cdn-cgi/handler/scheduled`, pid: process.pid })
  }
  const { mailUrl, vaultUrl, processorUrl } = standIns
  return {
    ...originsAt(ports.sites),
    ...database,
    apiUrl: api.url,
    mailUrl,
    vaultUrl,
    processorUrl,
    isSeeded,
    environment,
    parts,
    fire: (cron, time) => fire(api.url, cron, time),
    died: firstDeath(parts, stack),
    stop: () => stack.unwind(),
  }
}

/** Never settles while we are the ones who stop the parts. */
function firstDeath(parts: Part[], stack: Stack): Promise<string> {
  const never = new Promise<string>(() => undefined)
  return Promise.race([
    never,
    ...parts.map(({ name, exited }) => exited?.then((how) => (stack.isClosed ? never : `${name} ${how} on its own.`)) ?? never),
  ])
}
