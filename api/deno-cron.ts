import { readConfig } from './config.ts'
import { runCron } from './cron.ts'
import { denoRuntime, type DenoHost } from './deno-runtime.ts'
import { consumeQueue } from './queue.ts'
import type { Services } from './context.ts'
import { makeServices, withRuntime } from './services.ts'

declare const Deno: DenoHost

/** Jobs on Deno, by a command that any scheduler can call: `deno run -A api/deno-cron.ts "*\/5 * * * *"`. */
const [schedule = ''] = Deno.args
const runtime = denoRuntime(Deno, new URL('../dist/web/', import.meta.url), (message) =>
  consumeQueue(services, { queue: 'clicks', messages: [{ body: message }] }),
)
const services: Services = withRuntime(makeServices(readConfig(Deno.env.toObject())), runtime)
await runCron(services, schedule, services.clock())
