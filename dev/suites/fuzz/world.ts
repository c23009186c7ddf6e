import { eq } from 'drizzle-orm'
import { newId } from '#db/id.ts'
import { channels, communityMembers, customers, stamSessions, weoktoSessions } from '#db/schema/all.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import type { Platform } from '#domain/base/enums.ts'
import type { UserType } from '#domain/identity/enums.ts'
import { app } from '#api/app.ts'
import { randomToken, sha256Hex } from '#api/crypto.ts'
import { makeAffiliate, makeCommunity, makeLink, makeOffer, makePerson } from '#dev/testing/people.ts'
import { startSite, type Site } from '#dev/testing/site.ts'
import { makeSold, type Sold } from './sold.ts'

/** Everybody who may stand before a route. `newcomer` has just bought with an address that is not confirmed yet. */
export const EVERYBODY = ['visitor', 'client', 'affiliate', 'product_manager', 'admin', 'owner', 'buyer', 'newcomer'] as const
export type Who = (typeof EVERYBODY)[number] | 'stranger'

export interface Signed {
  platform: Platform
  origin: string
  /** The cookies of this browser; a visitor has none. */
  cookie: Record<string, string>
  sessionId: string | null
}

export interface Asking {
  method: string
  path: string
  /** What the browser names as the page's origin; null when it names none. Its own site unless told. */
  origin?: string | null
  headers?: Record<string, string>
  body?: BodyInit
}

const PLAIN = [
  ['client', 'CLIENT'],
  ['product_manager', 'PRODUCT_MANAGER'],
  ['admin', 'ADMIN'],
  ['stranger', 'CLIENT'],
] as const satisfies [Who, UserType][]

/** One database with a person of each kind and, for each, something of their own and something of somebody else's. */
export class World {
  readonly t: TestDatabase
  readonly site: Site
  readonly #userIds = new Map<Who, string>()
  readonly #sold = new Map<Who, Sold>()
  readonly #links = new Map<Who, string>()
  /** A session of somebody whom nobody else plays. */
  sessionOfOthers = ''
  #guildChannelId = ''
  #guildSlug = ''

  private constructor(t: TestDatabase, site: Site) {
    this.t = t
    this.site = site
  }

  static async open(): Promise<World> {
    const t = await testDatabase()
    const world = new World(t, await startSite(t))
    await world.#people()
    // What the sales left running writes a little later than their answers; after this the database changes only when somebody asks for it.
    await world.site.services.runtime.settled()
    world.sessionOfOthers = (await world.as('stranger')).sessionId ?? ''
    return world
  }

  async close(): Promise<void> {
    await this.site.stop()
    await this.t.close()
  }

  async #people(): Promise<void> {
    const { db } = this.t
    const guild = await makeCommunity(db, { platform: 'WEOKTO' })
    this.#guildSlug = guild.slug
    this.#guildChannelId = await this.#channel(guild.id)
    const trusted = { currentGuildId: guild.id, trustedAt: new Date('2026-01-01') }
    for (const [who, seller, userType] of [
      ['buyer', 'affiliate', 'AFFILIATE'],
      ['newcomer', 'owner', 'OWNER'],
    ] as const) {
      const person = await makeAffiliate(db, { userType }, trusted)
      this.#userIds.set(seller, person.id)
      const offer = await makeOffer(db)
      const channelId = await this.#channel(offer.community.id)
      const link = await makeLink(db, { affiliateId: person.id, productId: offer.product.id })
      this.#links.set(seller, link.id)
      const sold = await makeSold(this.t, this.site, { offer, link, channelId })
      this.#sold.set(who, sold)
      this.#sold.set(seller, sold)
      this.#userIds.set(who, sold.stamUserId)
      if (who === 'buyer') await this.#confirm(sold)
    }
    for (const [who, userType] of PLAIN) this.#userIds.set(who, (await makePerson(db, { userType })).id)
    for (const who of ['client', 'affiliate', 'product_manager', 'admin', 'owner'] as const) {
      const userId = this.userId(who)
      await db.insert(communityMembers).values({
        id: newId(),
        communityId: guild.id,
        platform: 'WEOKTO',
        weoktoUserId: userId,
        email: `${userId}@example.com`,
        updatedAt: new Date(),
      })
    }
  }

  /** The buyer proved the address before paying; the newcomer did not. */
  async #confirm({ stamUserId, paidCheckoutId }: Sold): Promise<void> {
    await this.t.admin(`update stam_users set "emailVerifiedAt" = now() where id = $1`, [stamUserId])
    await this.t.admin(`update checkout_sessions set "emailProvenAt" = now() where id = $1`, [paidCheckoutId])
  }

  async #channel(communityId: string): Promise<string> {
    const row = { communityId, name: 'Général', slug: 'general', createdBy: 'test', createdAt: new Date() }
    const [made] = await this.t.db.insert(channels).values(row).returning({ id: channels.id })
    return made?.id ?? ''
  }

  userId(who: Who): string {
    return this.#userIds.get(who) ?? ''
  }

  /** The sale in which somebody bought or earned; anybody else is shown the buyer's, which is not theirs. */
  sold(who: Who): Sold {
    const sold = this.#sold.get(who) ?? this.#sold.get('buyer')
    if (!sold) throw new Error('Nothing was sold.')
    return sold
  }

  /** The sale of somebody else. */
  soldToOthers(who: Who): Sold {
    return this.sold(this.sold(who) === this.sold('buyer') ? 'newcomer' : 'buyer')
  }

  link(who: Who): string {
    return this.#links.get(who) ?? this.#links.get('affiliate') ?? ''
  }

  linkOfOthers(who: Who): string {
    return this.#links.get(who === 'affiliate' ? 'owner' : 'affiliate') ?? ''
  }

  /** A channel that this person reads, and the community around it. */
  chat(who: Who): { channelId: string; slug: string } {
    if (who !== 'buyer' && who !== 'newcomer') return { channelId: this.#guildChannelId, slug: this.#guildSlug }
    const { channelId, communitySlug } = this.sold(who)
    return { channelId, slug: communitySlug }
  }

  chatOfOthers(who: Who): { channelId: string; slug: string } {
    const { channelId, communitySlug } = this.soldToOthers(who)
    return { channelId, slug: communitySlug }
  }

  originOf(platform: Platform): string {
    const { WEOKTO_ORIGIN, STAM_ORIGIN } = this.site.services.config
    return platform === 'STAM' ? STAM_ORIGIN : WEOKTO_ORIGIN
  }

  /** A fresh session, because some routes end the one they are asked with. */
  async as(who: Who): Promise<Signed> {
    const platform = who === 'buyer' || who === 'newcomer' ? 'STAM' : 'WEOKTO'
    const origin = this.originOf(platform)
    if (who === 'visitor') return { platform, origin, cookie: {}, sessionId: null }
    const session = randomToken()
    const id = newId()
    const now = new Date()
    const row = {
      id,
      userId: this.userId(who),
      token: await sha256Hex(session),
      createdAt: now,
      lastSeenAt: now,
      authenticatedAt: now,
      expiresAt: new Date(now.getTime() + 86_400_000),
    }
    if (platform === 'WEOKTO') await this.t.db.insert(weoktoSessions).values(row)
    else await this.t.db.insert(stamSessions).values({ ...row, scopeCustomerId: who === 'newcomer' ? await this.#customerId(who) : null })
    return { platform, origin, cookie: { session }, sessionId: id }
  }

  async #customerId(who: Who): Promise<string> {
    const [row] = await this.t.db
      .select({ id: customers.id })
      .from(customers)
      .where(eq(customers.stamUserId, this.userId(who)))
    return row?.id ?? ''
  }

  /** Asks the app as its server would. Work that goes on after the response is waited for, so that nothing is written unseen. */
  async ask(signed: Signed, { method, path, headers: given = {}, body, origin = signed.origin }: Asking): Promise<Response> {
    const headers = new Headers(given)
    const cookie = Object.entries(signed.cookie)
      .map(([name, value]) => `${name}=${value}`)
      .join('; ')
    if (cookie) headers.set('cookie', cookie)
    if (origin !== null && method !== 'GET' && method !== 'HEAD') headers.set('origin', origin)
    const request = new Request(signed.origin + path, { method, headers, ...(body === undefined ? {} : { body }) })
    const response = await app.fetch(request, { services: this.site.services, edge: { ip: '203.0.113.7', country: 'FR', city: 'Lyon' } })
    await this.site.services.runtime.settled()
    return response
  }
}
