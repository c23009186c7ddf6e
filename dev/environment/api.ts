import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startChild } from './child.ts'
import { originsAt } from './variables.ts'
import type { Part } from './part.ts'
import { untilReady } from './ready.ts'
import { ROOT } from './root.ts'
import type { Stack } from './stack.ts'

/**
 * Keeps wrangler from asking anything of the network or of the person, and from keeping what passes through: it would write the address of every
 * request, refused ones too, and of every call to the vault, which carries the passphrase, into a store under the data folder and into its log.
 */
export const QUIET_WRANGLER = {
  X_LOCAL_OBSERVABILITY: 'false',
  WRANGLER_LOG: 'warn',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  CI: '1',
}

/** The API, both sites and the rooms in workerd, with KV, queue and assets as wrangler.toml binds them. */
export async function startApi(
  options: { port: number; environment: Record<string, string>; dataDir: string; logDir: string },
  stack: Stack,
): Promise<Part> {
  // Starts before this one may have left such a store.
  rmSync(join(options.dataDir, 'wrangler/v3/observability'), { recursive: true, force: true })
  const envFile = join(options.dataDir, 'worker.env')
  const lines = Object.entries(options.environment).map(([name, value]) => `${name}="${value}"`)
  writeFileSync(envFile, `${lines.join('\n')}\n`, { mode: 0o600 })
  const listen = ['--ip', '127.0.0.1', '--port', String(options.port), '--inspector-port', '0']
  const state = ['--env-file', envFile, '--persist-to', join(options.dataDir, 'wrangler'), '--show-interactive-dev-session=false']
  const child = startChild({
    name: 'The API',
    command: process.execPath,
    args: [join(ROOT, 'node_modules/wrangler/bin/wrangler.js'), 'dev', ...listen, ...state],
    cwd: ROOT,
    env: {
      ...process.env,
      ...QUIET_WRANGLER,
      WRANGLER_LOG_PATH: join(options.logDir, 'wrangler'),
      WRANGLER_REGISTRY_PATH: join(options.dataDir, 'wrangler-registry'),
    },
    logFile: join(options.logDir, 'api.log'),
    stopSignal: 'SIGTERM',
  })
  await stack.add(() => child.stop())
  // Below 500 the app has read its settings and speaks for itself.
  await untilReady(child, `${originsAt(options.port).weokto}/api/health`, (status) => status < 500)
  return { name: 'The API', url: `http://127.0.0.1:${options.port}`, pid: child.pid, exited: child.exited }
}
