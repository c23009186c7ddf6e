import { newId } from '#db/id.ts'
import type { TestDatabase } from '#db/testing.ts'
import { readConfig } from '#api/config.ts'
import type { Client, Ctx, Services, UserActor } from '#api/context.ts'
import type { Runtime } from '#api/runtime.ts'
import { makeServices } from '#api/services.ts'
import { freshSecrets, type Secrets } from '#dev/environment/secrets.ts'
import { environmentOf, NO_CARD_FORMS, NOWHERE } from '#dev/environment/variables.ts'

/**
 * Of their own for each run, but for the one that chooses which new buyers are asked for a code: a test that went well for an address goes well for it
 * again.
 */
export const testSecrets = (): Secrets => ({ ...freshSecrets(), code: 'a-secret-of-at-least-32-characters-for-tests' })

/** Made once: what one app of a test signs and seals, another of the same test can read. */
const SECRETS = testSecrets()

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

/** What an app in the test's own process is told, on hosts without a port. */
function testSettings(t: Pick<TestDatabase, 'databaseUrl' | 'httpEndpoint'>): Record<string, string> {
  const parties = { realtimeUrl: NOWHERE, vaultUrl: NOWHERE, cardForms: NO_CARD_FORMS, processorUrl: NOWHERE, mailUrl: NOWHERE }
  const settings = environmentOf({ ...t, sitesPort: 80, ...parties }, SECRETS)
  return {
    ...settings,
    // One place for webhooks unless a test is about several.
    WEBHOOK_ORIGIN: settings['WEOKTO_ORIGIN'] ?? '',
    WEBHOOK_ORIGINS: '',
    // Tests do not wait for their turn; the one that is about it says how long.
    EMAIL_PER_SECOND: '1000',
  }
}

/** The app's services on a test's own database: real adapters, pointed at nothing unless `values` says otherwise. */
export function testServices(
  t: Pick<TestDatabase, 'databaseUrl' | 'httpEndpoint'>,
  values: Record<string, string> = {},
): Services & { runtime: TestRuntime } {
  const config = readConfig({ ...testSettings(t), ...values })
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
