import { app } from './app.ts'
import { readConfig } from './config.ts'
import { denoRuntime, type DenoHost } from './deno-runtime.ts'
import { consumeQueue } from './queue.ts'
import type { Services } from './context.ts'
import { makeServices, withRuntime } from './services.ts'

declare const Deno: DenoHost

/** The same app under `deno serve`; only this file and `deno-cron.ts` know that Deno runs them. */
const made = makeServices(readConfig(Deno.env.toObject()))
const runtime = denoRuntime(Deno, new URL('../dist/web/', import.meta.url), (message) =>
  consumeQueue(services, { queue: 'clicks', messages: [{ body: message }] }),
)
const services: Services = withRuntime(made, runtime)

interface Connection {
  remoteAddr?: { hostname?: string }
}

export default {
  fetch: (request: Request, connection: Connection) => app.fetch(request, { services, edge: { ip: connection.remoteAddr?.hostname } }),
}
