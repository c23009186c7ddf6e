import { ROOMS_PATH, type SessionHere } from '#domain/community/chat-frames.ts'
import { PartyServerRoom, openDoor, tellRoom, type RoomsEnv } from '#realtime/party-server.ts'
import { app } from './app.ts'
import { readConfig } from './config.ts'
import type { Services } from './context.ts'
import { runCron } from './cron.ts'
import { consumeQueue } from './queue.ts'
import { answerRoom } from './rooms.ts'
import type { Runtime } from './runtime.ts'
import { makeServices, withRuntime } from './services.ts'

/** The only file that sees Cloudflare: bindings go in, a `Runtime` comes out. What we use of the platform is stated here, no more. */
interface Env extends RoomsEnv {
  ASSETS: { fetch(request: Request): Promise<Response> }
  CACHE: {
    get(key: string, options: { cacheTtl: number }): Promise<string | null>
    put(key: string, value: string, options: { expirationTtl: number }): Promise<void>
    delete(key: string): Promise<void>
  }
  CLICKS: { send(message: unknown): Promise<unknown> }
  MAILS: { send(message: unknown): Promise<unknown> }
  VERSION?: { id: string }
  LIMIT: { limit(input: { key: string }): Promise<{ success: boolean }> }
}

interface Lifetime {
  waitUntil(work: Promise<unknown>): void
  passThroughOnException(): void
  props: unknown
}

type EdgeRequest = Request & { cf?: Record<string, unknown> }

type Made = Omit<Services, 'runtime'>

const made = new WeakMap<Env, Made>()

/**
 * Made once for each set of bindings. That is once a process as a rule; but where only a secret or a binding changes, Cloudflare may hand the new ones
 * to a process that runs already, as another object, and the old key or room must not be used any more.
 */
function madeFor(env: Env): Made {
  const known = made.get(env)
  if (known) return known
  const fresh = makeServices(readConfig(env), (channelId, publication) => tellRoom(env, channelId, publication))
  made.set(env, fresh)
  return fresh
}

const servicesFor = (env: Env, ctx: Lifetime): Services => withRuntime(madeFor(env), runtimeOf(env, ctx))

function runtimeOf(env: Env, ctx: Lifetime): Runtime {
  return {
    cache: {
      get: (key) => env.CACHE.get(key, { cacheTtl: 60 }),
      put: (key, value, ttlSeconds) => env.CACHE.put(key, value, { expirationTtl: Math.max(60, ttlSeconds) }),
      delete: (key) => env.CACHE.delete(key),
    },
    enqueue: async (message) => {
      await env.CLICKS.send(message)
    },
    wakeSender: async (message) => {
      await env.MAILS.send(message)
    },
    limit: async (key) => (await env.LIMIT.limit({ key })).success,
    asset: (request, path) =>
      env.ASSETS.fetch(
        new Request(new URL(path, request.url), { method: request.method === 'HEAD' ? 'HEAD' : 'GET', headers: request.headers }),
      ),
    version: env.VERSION?.id,
    waitUntil: (work) => ctx.waitUntil(work),
  }
}

/** A channel's room, in the process that Cloudflare gives it. Its name is part of its address and of wrangler.toml. */
export class Channel extends PartyServerRoom<Env> {
  protected override async lostRights(channelId: string, sessions: readonly SessionHere[]): Promise<readonly string[] | null> {
    return answerRoom(() => madeFor(this.env), channelId, sessions)
  }
}

export default {
  // No promise of its own in front of a click: what is for the app goes there at once.
  fetch(request: EdgeRequest, env: Env, ctx: Lifetime): Response | Promise<Response> {
    return isForRooms(request) ? answerRooms(request, env, ctx) : answerHttp(request, env, ctx)
  },
  async scheduled(controller: { cron: string; scheduledTime: number }, env: Env, ctx: Lifetime): Promise<void> {
    await runCron(servicesFor(env, ctx), controller.cron, new Date(controller.scheduledTime))
  },
  async queue(batch: { queue: string; messages: readonly { body: unknown }[] }, env: Env, ctx: Lifetime): Promise<void> {
    await consumeQueue(servicesFor(env, ctx), batch)
  },
}

const isForRooms = ({ url }: Request): boolean => url.includes(ROOMS_PATH)

async function answerRooms(request: EdgeRequest, env: Env, ctx: Lifetime): Promise<Response> {
  return (await openDoor(request, env)) ?? answerHttp(request, env, ctx)
}

function answerHttp(request: EdgeRequest, env: Env, ctx: Lifetime): Response | Promise<Response> {
  const { cf } = request
  const edge = { ip: request.headers.get('cf-connecting-ip') ?? undefined, country: text(cf?.['country']), city: text(cf?.['city']) }
  return app.fetch(request, { services: servicesFor(env, ctx), edge }, ctx)
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
