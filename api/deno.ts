import { app } from './app.ts'
import { readConfig } from './config.ts'
import { denoRuntime, type DenoHost } from './deno-runtime.ts'
import { consumeQueue } from './queue.ts'
import type { Services } from './context.ts'
import { makeServices, withRuntime } from './services.ts'
import { clientAddress, trustedProxies } from './trusted-proxies.ts'

declare const Deno: DenoHost

/** The same app under `deno serve`; only this file and `deno-cron.ts` know that Deno runs them. */
const environment = Deno.env.toObject()
const made = makeServices(readConfig(environment))
const trusted = trustedProxies(environment['TRUSTED_PROXIES'])
const runtime = denoRuntime(Deno, new URL('../dist/web/', import.meta.url), (message) =>
  consumeQueue(services, { queue: 'clicks', messages: [{ body: message }] }),
)
const services: Services = withRuntime(made, runtime)

interface Connection {
  remoteAddr?: { hostname?: string }
}

export default {
  fetch(request: Request, { remoteAddr }: Connection): Response | Promise<Response> {
    const ip = clientAddress(remoteAddr?.hostname, request.headers.get('x-forwarded-for'), trusted)
    return app.fetch(request, { services, edge: { ip } })
  },
}
