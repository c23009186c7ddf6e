import { join } from 'node:path'
import { PlainError } from '#dev/plain-error.ts'
import { startChild, type Child, type ChildOptions } from './child.ts'
import { edgeEnvironment, type Edge, type EdgeOptions } from './edge.ts'
import { NOWHERE, originsAt } from './variables.ts'
import { untilReady } from './ready.ts'
import { ROOT } from './root.ts'
import { freePort } from './free-ports.ts'

export interface DenoEdge extends Edge {
  /** Runs one schedule by the command that a scheduler would call in production. */
  fire(cron: string): Promise<void>
}

/** Nothing is fetched: the packages are those of node_modules. */
const OFFLINE = ['--cached-only', '--no-lock', '--node-modules-dir=manual']

/** Runs api/deno.ts under `deno serve` on a free port; `folder` takes its log and cache. */
export async function startDeno(options: EdgeOptions & { folder: string }): Promise<DenoEdge> {
  const port = await freePort()
  // Deno holds no rooms: they stand elsewhere.
  const environment = edgeEnvironment(port, { ...options, environment: { REALTIME_ORIGIN: NOWHERE, ...options.environment } })
  const child = deno(options.folder, environment, [
    'serve',
    '--allow-all',
    ...OFFLINE,
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    'api/deno.ts',
  ])
  try {
    await untilReady(child, `${originsAt(port).weokto}/api/health`, (status) => status < 500)
  } catch (error) {
    await child.stop()
    throw error
  }
  const fire = async (cron: string): Promise<void> => {
    const job = deno(options.folder, environment, ['run', '--allow-all', ...OFFLINE, 'api/deno-cron.ts', cron])
    const how = await job.exited
    if (how !== 'ended with code 0') throw new PlainError(`The schedule ${cron} failed on Deno: it ${how} (log: ${job.logFile})`)
  }
  return { ...originsAt(port), environment, fire, stop: () => child.stop() }
}

function deno(folder: string, environment: Record<string, string>, args: string[]): Child {
  const options: ChildOptions = {
    name: 'Deno',
    command: process.execPath,
    args: [join(ROOT, 'node_modules/deno/bin.cjs'), ...args],
    cwd: ROOT,
    env: { ...process.env, ...environment, DENO_DIR: join(folder, 'deno'), DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' },
    logFile: join(folder, 'deno.log'),
    stopSignal: 'SIGTERM',
  }
  return startChild(options)
}
