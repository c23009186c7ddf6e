import { newId } from '#db/id.ts'
import type { TestDatabase } from '#db/testing.ts'
import { readConfig } from '#api/config.ts'
import type { Client, Ctx, Services, UserActor } from '#api/context.ts'
import type { Runtime } from '#api/runtime.ts'
import { makeServices } from '#api/services.ts'
import { NO_CARD_FORMS } from '#dev/environment/variables.ts'

/** Nobody listens on the discard port: a test that reaches an outside party by mistake fails at once. */
const NOWHERE = 'http://127.0.0.1:9'
const SECRET = 'a-secret-of-at-least-32-characters-for-tests'

export interface TestRuntime extends Runtime {
  /** What was handed to the click queue and not taken out yet. */
  readonly queue: unknown[]
  /** When set, the queue takes nothing. */
  isQueueDown: boolean
  /** Waits for everything that goes on after the responses. */
  settled(): Promise<void>
}

/** The machine as `Runtime` describes it, in memory. */
export function testRuntime(): TestRuntime {
  const cache = new Map<string, string>()
  const queue: unknown[] = []
  const works: Promise<unknown>[] = []
  return {
    queue,
    isQueueDown: false,
    cache: {
      get: async (key) => cache.get(key) ?? null,
      put: async (key, value) => void cache.set(key, value),
      delete: async (key) => void cache.delete(key),
    },
    async enqueue(message) {
      if (this.isQueueDown) throw new Error('The queue is down.')
      // What travels is JSON, whatever was put in.
      queue.push(JSON.parse(JSON.stringify(message)))
    },
    wakeSender: null,
    limit: async () => true,
    asset: async () => new Response(null, { status: 404 }),
    waitUntil: (work) => void works.push(work),
    async settled() {
      while (works.length > 0) await Promise.allSettled(works.splice(0))
    },
  }
}

/** The app's services on a test's own database: real adapters, pointed at nothing unless `values` says otherwise. */
export function testServices(
  t: Pick<TestDatabase, 'databaseUrl' | 'httpEndpoint'>,
  values: Record<string, string> = {},
): Services & { runtime: TestRuntime } {
  const config = readConfig({
    DATABASE_URL: t.databaseUrl,
    DATABASE_HTTP_ENDPOINT: t.httpEndpoint,
    WEOKTO_ORIGIN: 'http://weokto.localhost',
    STAM_ORIGIN: 'http://stam.localhost',
    WEOKTO_HOSTS: 'weokto.localhost',
    STAM_HOSTS: 'stam.localhost',
    WEBHOOK_ORIGIN: 'http://weokto.localhost',
    REALTIME_ORIGIN: NOWHERE,
    ROOM_SECRET: SECRET,
    CLICK_SECRET: SECRET,
    FINGERPRINT_SECRET: SECRET,
    CODE_SECRET: SECRET,
    MONITOR_TOKEN: SECRET,
    SEAL_KEY: btoa('k'.repeat(32)),
    PCI_VAULT_BASE_URL: NOWHERE,
    PCI_VAULT_USERNAME: 'x',
    PCI_VAULT_PASSWORD: 'x',
    PCI_VAULT_KEY_USER: 'x',
    PCI_VAULT_KEY_PASSPHRASE: 'x',
    PCI_VAULT_FORMS: NO_CARD_FORMS,
    PROCESSOR_BASE_URL: NOWHERE,
    PROCESSOR_OWN_KEY: 'x',
    PROCESSOR_VAULT_KEY: 'x',
    PROCESSOR_WEBHOOK_SECRET: 'x',
    EMAIL_BASE_URL: NOWHERE,
    EMAIL_API_KEY: 'x',
    EMAIL_WEBHOOK_SECRET: `whsec_${btoa('k'.repeat(24))}`,
    EMAIL_FROM_WEOKTO: 'a@example.com',
    EMAIL_FROM_STAM: 'a@example.com',
    // Tests do not wait for their turn; the one that is about it says how long.
    EMAIL_PER_SECOND: '1000',
    ...values,
  })
  return { ...makeServices(config), runtime: testRuntime() }
}

const NO_CLIENT: Client = { ip: null, userAgent: null, country: null, city: null }

/** A context as a route would make it, for a visitor or for somebody signed in on weokto.com. */
export function testContext(services: Services, now: Date, person?: { id: string; userType: UserActor['role'] }): Ctx {
  const base = { ...services, now, platform: 'WEOKTO' as const, locale: 'fr' as const, requestId: 'test', client: NO_CLIENT }
  if (!person) return { ...base, actor: { kind: 'visitor' } }
  const actor: UserActor = {
    kind: 'user',
    platform: 'WEOKTO',
    userId: person.id,
    email: '',
    displayName: null,
    role: person.userType,
    sessionId: newId(),
    authenticatedAt: now,
    scopeCustomerId: null,
  }
  return { ...base, actor }
}
