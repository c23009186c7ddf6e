/**
 * What the app asks of the machine it runs on. `worker.ts` answers with Cloudflare's bindings, `deno.ts` with Deno's own means;
 * no other file knows which of the two it is.
 */
export interface Runtime {
  /** A small shared cache of strings. `get` is null when absent; values may be up to `ttlSeconds` old. Failing is allowed: callers fall back to the database. */
  cache: {
    get(key: string): Promise<string | null>
    put(key: string, value: string, ttlSeconds: number): Promise<void>
    delete(key: string): Promise<void>
  }
  /** Hands a message to the click queue; delivered at least once, in any order. Rejects when the queue does not take it. */
  enqueue(message: unknown): Promise<void>
  /**
   * Wakes the one sender of what goes together, which then looks at these outbox rows and all others; at least once, late or never. Rejects when its
   * queue does not take it. Null where there is no such queue: whoever promised a mail then sends it, at a pace of its own.
   */
  wakeSender: ((message: { rows: readonly string[] }) => Promise<void>) | null
  /** False when `key` made too many requests lately. Approximate (per data centre): limits that must hold stand in the database. */
  limit(key: string): Promise<boolean>
  /** Serves a built static file by path; 404 when there is none. */
  asset(request: Request, path: string): Promise<Response>
  /** Which version of the program this is, where the platform tells them apart. */
  version?: string | undefined
  /** Lets work go on after the response was sent. */
  waitUntil(work: Promise<unknown>): void
}
