import { mkdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startChild, type Child } from '#dev/environment/child.ts'
import { edgeEnvironment, type EdgeOptions } from '#dev/environment/edge.ts'
import { freePort } from '#dev/environment/free-ports.ts'
import { ROOT } from '#dev/environment/root.ts'
import type { Stack } from '#dev/environment/stack.ts'
import { PlainError } from '#dev/plain-error.ts'
import { bundleApp, bundleWorker, COMPATIBILITY } from './bundle.ts'

export interface BareWorkerd {
  pid: number
  appPort: number
  barePort: number
  platformPort: number
}

/**
 * The product's Worker on workerd itself, without the layers that a development server puts around it. KV, queue, assets and the rate limit
 * are one small service each; beside it in the same process stands the bare app that it is measured against.
 */
export async function startWorkerd(folder: string, options: EdgeOptions, stack: Stack): Promise<BareWorkerd> {
  const [appPort, barePort, platformPort] = [await freePort(), await freePort(), await freePort()]
  const sources = {
    app: bundleApp(made(folder, 'app')),
    bare: bundleWorker('dev/bench/workers/bare.ts', made(folder, 'bare')),
    platform: bundleWorker('dev/bench/workers/platform.ts', made(folder, 'platform')),
  }
  const mail = { EMAIL_BASE_URL: `http://127.0.0.1:${platformPort}` }
  const environment = edgeEnvironment(appPort, { ...options, environment: { ...mail, ...options.environment } })
  const config = join(folder, 'config.capnp')
  writeFileSync(config, configText(folder, sources, environment, { app: appPort, bare: barePort, platform: platformPort }), { mode: 0o600 })
  const logFile = join(folder, 'workerd.log')
  const command = join(ROOT, 'node_modules/workerd/bin/workerd')
  const child = startChild({ name: 'workerd', command, args: ['serve', config], logFile, stopSignal: 'SIGTERM' })
  await stack.add(() => child.stop())
  await untilItAnswers(child, barePort)
  return { pid: child.pid, appPort, barePort, platformPort }
}

function made(folder: string, name: string): string {
  const path = join(folder, name)
  mkdirSync(path, { recursive: true })
  return path
}

type Names = 'app' | 'bare' | 'platform'

function configText(
  folder: string,
  sources: Record<Names, string>,
  environment: Record<string, string>,
  ports: Record<Names, number>,
): string {
  const texts = Object.entries(environment).map(([name, value]) => `(name = ${quoted(name)}, text = ${quoted(value)})`)
  const bindings = [
    ...texts,
    '(name = "CACHE", kvNamespace = "platform")',
    '(name = "CLICKS", queue = "platform")',
    '(name = "MAILS", queue = "platform")',
    '(name = "ASSETS", service = "platform")',
    '(name = "LIMIT", service = (name = "platform", entrypoint = "Limit"))',
  ]
  const worker = (name: Names, bound: string[]): string =>
    `(name = ${quoted(name)}, worker = (modules = [(name = "worker.js", esModule = embed ${quoted(relative(folder, sources[name]))})],
      compatibilityDate = ${quoted(COMPATIBILITY.date)}, compatibilityFlags = ${JSON.stringify(COMPATIBILITY.flags)},
      globalOutbound = "loopback", bindings = [${bound.join(',\n        ')}]))`
  const socket = (name: Names): string =>
    `(name = ${quoted(name)}, address = "127.0.0.1:${ports[name]}", http = (), service = ${quoted(name)})`
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    ${[worker('app', bindings), worker('bare', []), worker('platform', [])].join(',\n    ')},
    (name = "loopback", network = (allow = ["local"])),
  ],
  sockets = [${[socket('app'), socket('bare'), socket('platform')].join(', ')}],
);
`
}

const quoted = (text: string): string => JSON.stringify(text)

async function untilItAnswers(child: Child, port: number): Promise<void> {
  for (let tries = 0; tries < 200 && !child.hasExited(); tries++) {
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => null)
    if (answer !== null) return
    await sleep(50)
  }
  throw new PlainError(`workerd did not start (log: ${child.logFile}).`)
}
