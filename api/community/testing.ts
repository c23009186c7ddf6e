import { newId } from '#db/id.ts'
import { communities, communityMembers, customers, productAccess, products, channels, stamUsers, weoktoUsers } from '#db/schema/all.ts'
import type { TestDatabase } from '#db/testing.ts'
import type { CustomerStatus, Platform } from '#domain/base/enums.ts'
import type { MemberRole } from '#domain/community/enums.ts'
import type { UserType } from '#domain/identity/enums.ts'
import { readConfig } from '#api/config.ts'
import type { Ctx, UserActor } from '#api/context.ts'
import type { Runtime } from '#api/runtime.ts'
import { makeServices } from '#api/services.ts'

export const NOW = new Date('2026-11-22T12:00:00.000Z')

/** A port that nobody listens on: most tests say that a room which is down costs no message. */
const NO_ROOMS = { origin: 'http://127.0.0.1:9', secret: 'nobody-listens-on-the-discard-port' }

const runtime: Runtime = {
  cache: { get: async () => null, put: async () => undefined, delete: async () => undefined },
  enqueue: async () => undefined,
  wakeSender: null,
  limit: async () => true,
  asset: async () => new Response(null, { status: 404 }),
  waitUntil: () => undefined,
}

export interface Person {
  userId: string
  memberId: string
  customerId: string | null
  ctx: Ctx
}

type MemberValues = Partial<typeof communityMembers.$inferInsert>

/** People, communities and channels made to order on a real database. Each test makes its own. */
export class ChatWorld {
  readonly #database: TestDatabase
  readonly #rooms: { origin: string; secret: string }
  readonly #now: () => Date

  /** Real rooms look at the real clock when they read a ticket, so with them people ask at the real time. */
  constructor(database: TestDatabase, rooms?: { origin: string; secret: string }) {
    this.#database = database
    this.#rooms = rooms ?? NO_ROOMS
    this.#now = rooms ? () => new Date() : () => NOW
  }

  async community(platform: Platform = 'STAM', values: Partial<typeof communities.$inferInsert> = {}): Promise<string> {
    const id = newId()
    await this.#database.db.insert(communities).values({ id, platform, name: 'Cuisine', slug: `c-${id}`, updatedAt: NOW, ...values })
    return id
  }

  async channel(communityId: string, values: Partial<typeof channels.$inferInsert> = {}): Promise<string> {
    const rows = await this.#database.db
      .insert(channels)
      .values({ communityId, name: 'Général', slug: `s-${newId()}`, createdBy: 'test', createdAt: NOW, ...values })
      .returning({ id: channels.id })
    return rows[0]?.id ?? ''
  }

  async product(communityId: string, opens?: Pick<typeof productAccess.$inferInsert, 'accessType' | 'targetId'>): Promise<string> {
    const id = newId()
    await this.#database.db.insert(products).values({ id, communityId, slug: `p-${id}`, name: 'Premium', updatedAt: NOW })
    if (opens) await this.#database.db.insert(productAccess).values({ id: newId(), productId: id, name: 'Accès', updatedAt: NOW, ...opens })
    return id
  }

  /** A member; with a product, one who bought it and whose purchase has that status. */
  async member(
    communityId: string,
    options: {
      platform?: Platform
      userType?: UserType
      role?: MemberRole
      productId?: string
      status?: CustomerStatus
      values?: MemberValues
    } = {},
  ): Promise<Person> {
    const { platform = 'STAM', role = 'MEMBER', productId, status = 'ACTIVE', values = {} } = options
    const userId = await this.user(platform, options.userType)
    const customerId = productId ? await this.customer(userId, platform, productId, status) : null
    const memberId = newId()
    const user = platform === 'WEOKTO' ? { weoktoUserId: userId } : { stamUserId: userId }
    await this.#database.db.insert(communityMembers).values({
      id: memberId,
      communityId,
      platform,
      email: `${userId}@example.com`,
      role,
      customerId,
      joinedAt: NOW,
      createdAt: NOW,
      updatedAt: NOW,
      ...user,
      ...values,
    })
    return { userId, memberId, customerId, ctx: this.ctx({ platform, userId, role: options.userType ?? 'CLIENT' }) }
  }

  async user(platform: Platform, userType: UserType = 'CLIENT'): Promise<string> {
    const id = newId()
    const row = { id, email: `${id}@example.com`, authId: newId(), displayName: `Ana ${id.slice(0, 4)}`, createdAt: NOW, updatedAt: NOW }
    if (platform === 'WEOKTO') await this.#database.db.insert(weoktoUsers).values({ ...row, userType })
    else await this.#database.db.insert(stamUsers).values(row)
    return id
  }

  /** Whoever buys is billed as a StamUser; a guild's purchase names the WEOKTO account beside it. */
  async customer(userId: string, platform: Platform, productId: string, status: CustomerStatus): Promise<string> {
    const id = newId()
    const owner = platform === 'STAM' ? { stamUserId: userId } : { stamUserId: await this.user('STAM'), weoktoUserId: userId }
    await this.#database.db.insert(customers).values({ id, productId, status, updatedAt: NOW, ...owner })
    return id
  }

  ctx(actor: Pick<UserActor, 'platform' | 'userId'> & Partial<UserActor>): Ctx {
    const services = makeServices(configOf(this.#database, this.#rooms))
    const person: UserActor = {
      kind: 'user',
      email: 'a@example.com',
      displayName: null,
      role: 'CLIENT',
      sessionId: newId(),
      authenticatedAt: NOW,
      scopeCustomerId: null,
      ...actor,
    }
    return {
      ...services,
      runtime,
      actor: person,
      now: this.#now(),
      platform: person.platform,
      locale: 'fr',
      requestId: 'test',
      client: { ip: null, userAgent: null, country: null, city: null },
    }
  }
}

/** The same person at another moment, or from a narrower session. */
export const later = (ctx: Ctx, seconds: number): Ctx => ({ ...ctx, now: new Date(ctx.now.getTime() + seconds * 1000) })

const secret = 'a-secret-of-at-least-32-characters-for-tests'
const here = 'http://127.0.0.1:9'

const configOf = ({ databaseUrl, httpEndpoint }: TestDatabase, rooms: { origin: string; secret: string }) =>
  readConfig({
    DATABASE_URL: databaseUrl,
    DATABASE_HTTP_ENDPOINT: httpEndpoint,
    REALTIME_ORIGIN: rooms.origin,
    ROOM_SECRET: rooms.secret,
    WEOKTO_ORIGIN: here,
    STAM_ORIGIN: here,
    WEOKTO_HOSTS: 'weokto.localhost',
    STAM_HOSTS: 'stam.localhost',
    WEBHOOK_ORIGIN: here,
    CLICK_SECRET: secret,
    FINGERPRINT_SECRET: secret,
    CODE_SECRET: secret,
    MONITOR_TOKEN: secret,
    SEAL_KEY: btoa('x'.repeat(32)),
    PCI_VAULT_BASE_URL: here,
    PCI_VAULT_USERNAME: 'x',
    PCI_VAULT_PASSWORD: 'x',
    PCI_VAULT_KEY_USER: 'x',
    PCI_VAULT_KEY_PASSPHRASE: 'x',
    PCI_VAULT_FORMS: 'WEOKTO.fr=x,WEOKTO.en=x,STAM.fr=x,STAM.en=x',
    PROCESSOR_BASE_URL: here,
    PROCESSOR_OWN_KEY: 'x',
    PROCESSOR_VAULT_KEY: 'x',
    PROCESSOR_WEBHOOK_SECRET: 'x',
    EMAIL_BASE_URL: here,
    EMAIL_API_KEY: 'x',
    EMAIL_WEBHOOK_SECRET: `whsec_${btoa('k'.repeat(24))}`,
    EMAIL_FROM_WEOKTO: 'a@example.com',
    EMAIL_FROM_STAM: 'a@example.com',
  })
