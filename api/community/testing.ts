import { newId } from '#db/id.ts'
import { communities, communityMembers, customers, productAccess, products, channels, stamUsers, weoktoUsers } from '#db/schema/all.ts'
import type { TestDatabase } from '#db/testing.ts'
import type { CustomerStatus, Platform } from '#domain/base/enums.ts'
import type { MemberRole } from '#domain/community/enums.ts'
import type { UserType } from '#domain/identity/enums.ts'
import type { Ctx, UserActor } from '#api/context.ts'
import type { Runtime } from '#api/runtime.ts'
import { testServices } from '#dev/testing/services.ts'

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
    const services = testServices(this.#database, { REALTIME_ORIGIN: this.#rooms.origin, ROOM_SECRET: this.#rooms.secret })
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
