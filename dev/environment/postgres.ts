import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { PlainError } from '#dev/plain-error.ts'
import { startChild, type Child } from './child.ts'
import { freePort } from './free-ports.ts'
import { postgresBinaries } from './postgres/binaries.ts'
import { ensureDataFolder, stopLeftover } from './postgres/data-folder.ts'
import { findIdentity, giveTo, ownerOf } from './postgres/unprivileged.ts'

export interface PostgresOptions {
  /** Kept between runs. A server that an earlier run left behind in it is stopped first. */
  dataDir: string
  /** Loopback port; 0 takes a free one. */
  port?: number
  /** Trades safety against power cuts for speed: only for data that a test throws away. */
  fast?: boolean
  /** Where the server's own log goes; beside the data folder unless told. */
  logFile?: string
  /** Further settings, as in postgresql.conf. */
  settings?: Record<string, string>
}

export interface RunningPostgres extends Pick<Child, 'pid' | 'exited' | 'stop'> {
  port: number
  /** The superuser's URL of the database "postgres". */
  adminUrl: string
  /** The superuser's URL of another database. */
  urlOf(database: string): string
}

/** Only this machine reaches the server, so its password need not be secret. */
const PASSWORD = 'postgres'

/** Starts a real PostgreSQL from npm's binaries and returns once it accepts connections. Errors are plain sentences. */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const dataDir = resolve(options.dataDir)
  const logFile = options.logFile ?? `${dataDir}.log`
  const binaries = await postgresBinaries()
  const identity = findIdentity(binaries.postgres, ownerOf(dataDir))
  await stopLeftover(dataDir)
  ensureDataFolder(dataDir, binaries, identity, PASSWORD)
  giveTo(identity, dataDir)
  const port = options.port === undefined || options.port === 0 ? await freePort() : options.port
  const settings = Object.entries({ ...settingsFor(port, options.fast ?? false), ...options.settings })
  const flags = settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const env = { ...process.env, LC_ALL: 'C', PGTZ: 'UTC' }
  const child = startChild({
    name: 'PostgreSQL',
    ...identity.wrap(binaries.postgres, ['-D', dataDir, ...flags]),
    env,
    logFile,
    stopSignal: 'SIGINT',
  })
  await readyOrStop(child, dataDir)
  const urlOf = (database: string): string => `postgresql://postgres:${PASSWORD}@127.0.0.1:${port}/${database}`
  return { pid: child.pid, exited: child.exited, stop: (patienceMs) => child.stop(patienceMs), port, adminUrl: urlOf('postgres'), urlOf }
}

function settingsFor(port: number, fast: boolean): Record<string, string> {
  const always = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    max_connections: '300',
    // A statement whose client hung up, for example stuck on a lock, ends instead of running to its own end.
    client_connection_check_interval: '250ms',
    log_min_messages: 'warning',
    log_min_error_statement: 'panic',
  }
  if (!fast) return always
  return { ...always, fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off', max_wal_size: '4GB' }
}

/** The server writes "ready" into its own pid file, which is what its pg_ctl waits for too. */
async function readyOrStop(child: Child, dataDir: string): Promise<void> {
  const pidFile = `${dataDir}/postmaster.pid`
  const deadline = Date.now() + 60_000
  while (!child.hasExited() && Date.now() < deadline) {
    if (existsSync(pidFile) && (readFileSync(pidFile, 'utf8').split('\n')[7] ?? '').trim() === 'ready') return
    await sleep(20)
  }
  const how = child.hasExited() ? `it ${await child.exited}` : 'it was not ready within 60 seconds'
  await child.stop()
  throw new PlainError(`PostgreSQL did not start: ${how}${lastWords(child.logFile)}`)
}

function lastWords(logFile: string): string {
  const lines = readFileSync(logFile, 'utf8').trim().split('\n')
  const word = lines.findLast((line) => /FATAL|PANIC|error/i.test(line)) ?? lines.at(-1) ?? ''
  return word === '' ? '.' : `: ${word.replace(/^.*?(FATAL|PANIC):\s*/, '')} (log: ${logFile})`
}
