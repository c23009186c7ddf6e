import type { Db } from '#db/client.ts'
import type { Locale, Platform } from '#domain/base/enums.ts'
import type { UserType } from '#domain/identity/enums.ts'
import type { Mailer } from './adapters/mail/port.ts'
import type { CardVault } from './adapters/pci-vault/port.ts'
import type { Processor } from './adapters/processor/port.ts'
import type { Rooms } from './adapters/rooms/port.ts'
import type { Config } from './config.ts'
import type { Runtime } from './runtime.ts'

/** Who acts. Every use-case begins by asking this. */
export type Actor =
  | { kind: 'visitor' }
  | UserActor
  | { kind: 'webhook'; source: 'pci-vault'; attemptId: string }
  | { kind: 'webhook'; source: 'processor' | 'mail' }
  /** Ourselves, on a schedule or for a queue. */
  | { kind: 'job'; job: string }

export interface UserActor {
  kind: 'user'
  platform: Platform
  userId: string
  email: string
  displayName: string | null
  role: UserType
  sessionId: string
  /** When this person last proved who they are; what moves money asks for 15 minutes at most. */
  authenticatedAt: Date
  /** Set while the e-mail is unproven after a purchase: the session then opens that one purchase only. */
  scopeCustomerId: string | null
}

/** The outside parties, each behind one small port. */
export interface Ports {
  vault: CardVault
  processor: Processor
  mailer: Mailer
  rooms: Rooms
}

/** What lives as long as the process: made once by `worker.ts` or `deno.ts`. */
export interface Services {
  config: Config
  db: Db
  ports: Ports
  runtime: Runtime
  newId: () => string
  /**
   * The moment that is. For leases alone: whoever holds one must count with the same time as whoever would take it over, and a job's `now` is
   * the time it was scheduled for. Every rule asks `now`.
   */
  clock: () => Date
}

/** What a use-case gets: the services and who asks, when, from which site, in which language. Time is a value: nothing below reads a clock, but for leases. */
export interface Ctx extends Services {
  actor: Actor
  now: Date
  platform: Platform
  locale: Locale
  requestId: string
  /** The caller's network and browser as the edge saw them; never the full address. */
  client: Client
}

export interface Client {
  /** Truncated to /24 or /48. */
  ip: string | null
  userAgent: string | null
  country: string | null
  city: string | null
}
