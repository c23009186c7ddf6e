import type { Runtime } from './runtime.ts'
import { briefOf, log } from './log.ts'

/** The few parts of Deno that we use, stated here so that the program type-checks without Deno's own types. */
export interface DenoHost {
  env: { toObject(): Record<string, string> }
  args: readonly string[]
  exit(code: number): never
  readFile(path: URL): Promise<Uint8Array<ArrayBuffer>>
}

const MOST_ENTRIES = 10_000
const LIMIT_PER_MINUTE = 120
const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  txt: 'text/plain; charset=utf-8',
  webmanifest: 'application/manifest+json',
  woff2: 'font/woff2',
}

/**
 * Deno has no cache, queue or limit binding: links are remembered and requests counted by this process, and a click is handled right after
 * its response, by the same function that consumes the queue elsewhere. Nor is there one sender of mails to wake: each process sends what its requests
 * have promised, and several of them keep `EMAIL_PER_SECOND` each.
 */
export function denoRuntime(host: DenoHost, root: URL, consume: (message: unknown) => Promise<void>): Runtime {
  const cache = new Map<string, { value: string; until: number }>()
  const uses = new Map<string, { minute: number; count: number }>()
  return {
    cache: {
      get: async (key) => {
        const entry = cache.get(key)
        return entry && entry.until > Date.now() ? entry.value : null
      },
      put: async (key, value, ttlSeconds) => {
        if (cache.size >= MOST_ENTRIES) cache.clear()
        cache.set(key, { value, until: Date.now() + ttlSeconds * 1000 })
      },
      delete: async (key) => void cache.delete(key),
    },
    enqueue: consume,
    wakeSender: null,
    limit: async (key) => {
      const minute = Math.floor(Date.now() / 60_000)
      if (uses.size >= MOST_ENTRIES) uses.clear()
      const use = uses.get(key)
      const count = use?.minute === minute ? use.count + 1 : 1
      uses.set(key, { minute, count })
      return count <= LIMIT_PER_MINUTE
    },
    asset: (_request, path) => readAsset(host, root, path),
    waitUntil: (work) => {
      work.catch((error: unknown) => log(null, 'after_response', { message: briefOf(error) }))
    },
  }
}

async function readAsset(host: DenoHost, root: URL, path: string): Promise<Response> {
  if (path.includes('..') || !path.startsWith('/')) return new Response(null, { status: 404 })
  try {
    const type = TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream'
    return new Response(await host.readFile(new URL(`.${path}`, root)), { headers: { 'content-type': type } })
  } catch {
    return new Response(null, { status: 404 })
  }
}
