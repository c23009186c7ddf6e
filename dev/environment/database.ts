import { join } from 'node:path'
import { Client } from 'pg'
import { migrate } from '#db/migrate.ts'
import { PlainError, sentenceOf } from '#dev/plain-error.ts'
import { seed } from '#dev/seed/seed.ts'
import { startNeonHttp, type RunningNeonHttp } from '#dev/stand-ins/neon/server.ts'
import { startPostgres } from './postgres.ts'
import type { Part } from './part.ts'
import type { Stack } from './stack.ts'

export interface DatabaseOptions {
  /** PostgreSQL's own folder is made in it. */
  dataDir: string
  /** The server's own log; beside its folder unless told. */
  logFile?: string
  /** Free ones unless told. */
  ports?: { postgres: number; neon: number }
  /** Data that may be lost with the power: for tests. */
  fast?: boolean
  /** How the database is called in a server of our own. */
  name?: string
  /** Only this machine reaches a server of our own, so its password need not be secret unless the data is kept. */
  appPassword?: string
  /** Another PostgreSQL or Neon to use instead of our own. */
  databaseUrl?: string | null
  /** Its owner, when `databaseUrl` names the application's own role. */
  adminUrl?: string | null
  /** Where webhooks may be received. */
  webhookOrigins?: readonly string[]
  /** Starts the HTTP front elsewhere than in this thread: benches do not want to share one with whoever measures. */
  startFront?: (options: { port: number; allowedHosts: string[] }) => Promise<Front>
}

type Front = Pick<RunningNeonHttp, 'url' | 'endpoint' | 'stop'>

export interface Database {
  /** The application's own role. */
  databaseUrl: string
  adminUrl: string
  httpEndpoint: string
  parts: Part[]
}

const APP_ROLE = 'weokto_app'

/** PostgreSQL (ours, unless another was named), its HTTP front, and the present schema in it: what start, tests and benches all run on. */
export async function startDatabase(options: DatabaseOptions, stack: Stack): Promise<Database> {
  const { databaseUrl: given = null, webhookOrigins, startFront = startNeonHttp } = options
  const parts: Part[] = []
  const adminUrl = given === null ? await ownServer(options, stack, parts) : (options.adminUrl ?? given)
  const databaseUrl = appUrlOf(options, adminUrl)
  await migrate({ adminUrl, appUrl: databaseUrl, ...(webhookOrigins ? { webhookOrigins } : {}) })
  const allowedHosts = ['127.0.0.1', 'localhost', new URL(databaseUrl).hostname]
  const front = await startFront({ port: options.ports?.neon ?? 0, allowedHosts })
  await stack.add(() => front.stop())
  parts.push({ name: "The database's HTTP front", url: front.url, pid: process.pid })
  return { databaseUrl, adminUrl, httpEndpoint: front.endpoint, parts }
}

async function ownServer(options: DatabaseOptions, stack: Stack, parts: Part[]): Promise<string> {
  const { dataDir, ports, logFile, fast = false, name = 'weokto' } = options
  const settings = { dataDir: join(dataDir, 'postgres'), port: ports?.postgres ?? 0, fast, ...(logFile === undefined ? {} : { logFile }) }
  const server = await startPostgres(settings)
  await stack.add(() => server.stop())
  parts.push({ name: 'PostgreSQL', url: `postgresql://127.0.0.1:${server.port}/${name}`, pid: server.pid, exited: server.exited })
  await createIfMissing(server.adminUrl, name)
  return server.urlOf(name)
}

async function createIfMissing(serverUrl: string, name: string): Promise<void> {
  await asking(serverUrl, async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
    if (rowCount === 0) await client.query(`CREATE DATABASE ${name}`)
  })
}

/** The app never signs in as the owner, who could change the ledger: it gets a role of its own in the same database. */
function appUrlOf(options: DatabaseOptions, adminUrl: string): string {
  const given = URL.parse(options.databaseUrl ?? adminUrl)
  if (given === null || !/^postgres(ql)?:$/.test(given.protocol))
    throw new PlainError('DATABASE_URL is not the address of a PostgreSQL (postgresql://user:password@host/database).')
  if (given.username === APP_ROLE) {
    if ((options.adminUrl ?? null) === null)
      throw new PlainError(`DATABASE_URL names the role ${APP_ROLE}: say in DATABASE_ADMIN_URL who owns the database.`)
    return given.href
  }
  given.username = APP_ROLE
  given.password = options.appPassword ?? APP_ROLE
  return given.href
}

/** Fills an empty database with the demo; one that has people in it is left as it is. */
export async function seedIfEmpty(database: Database): Promise<boolean> {
  if (await hasPeople(database.adminUrl)) return false
  await seed({ databaseUrl: database.databaseUrl, adminUrl: database.adminUrl, httpEndpoint: database.httpEndpoint, now: new Date() })
  return true
}

async function hasPeople(adminUrl: string): Promise<boolean> {
  return asking(adminUrl, async (client) => {
    const { rows } = await client.query('SELECT EXISTS (SELECT 1 FROM weokto_users) OR EXISTS (SELECT 1 FROM stam_users) AS "hasPeople"')
    return rows[0]?.hasPeople === true
  })
}

export async function asking<T>(url: string, ask: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect().catch((error: unknown) => {
    throw new PlainError(`The database at ${new URL(url).host} does not answer: ${sentenceOf(error)}`)
  })
  try {
    return await ask(client)
  } finally {
    await client.end()
  }
}
