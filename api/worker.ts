import { app } from './app.ts'
import { readConfig } from './config.ts'
import type { Services } from './context.ts'
import { CRONS, runCron } from './cron.ts'
import { consumeQueue } from './queue.ts'
import type { Runtime } from './runtime.ts'
import { makeServices, withRuntime } from './services.ts'

/** The only file that sees Cloudflare: bindings go in, a `Runtime` comes out. */
interface Env extends Record<string, unknown> {
  ASSETS: Fetcher
  CACHE: KVNamespace
  CLICKS: Queue
  LIMIT: RateLimit
}

let made: Omit<Services, 'runtime'> | undefined

function servicesFor(env: Env, ctx: ExecutionContext): Services {
  made ??= makeServices(readConfig(env))
  return withRuntime(made, runtimeOf(env, ctx))
}

function runtimeOf(env: Env, ctx: ExecutionContext): Runtime {
  return {
    cache: {
      get: (key) => env.CACHE.get(key, { cacheTtl: 60 }),
      put: (key, value, ttlSeconds) => env.CACHE.put(key, value, { expirationTtl: Math.max(60, ttlSeconds) }),
      delete: (key) => env.CACHE.delete(key),
    },
    enqueue: async (message) => {
      await env.CLICKS.send(message)
    },
    limit: async (key) => (await env.LIMIT.limit({ key })).success,
    asset: (request, path) => env.ASSETS.fetch(new Request(new URL(path, request.url), { method: request.method === 'HEAD' ? 'HEAD' : 'GET', headers: request.headers })),
    waitUntil: (work) => ctx.waitUntil(work),
  }
}

export default {
  fetch(request, env, ctx) {
    const { cf } = request
    const edge = { ip: request.headers.get('cf-connecting-ip') ?? undefined, country: text(cf?.['country']), city: text(cf?.['city']) }
    return app.fetch(request, { services: servicesFor(env, ctx), edge }, ctx)
  },
  async scheduled(controller, env, ctx) {
    await runCron(servicesFor(env, ctx), controller.cron, new Date(controller.scheduledTime))
  },
  async queue(batch, env, ctx) {
    await consumeQueue(servicesFor(env, ctx), batch)
  },
} satisfies ExportedHandler<Env>

export { CRONS }

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
