import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { Hono } from 'hono'
import { eq } from 'drizzle-orm'
import { affiliateLinks, affiliateProfiles, affiliateTrackingEvents, policies } from '#db/schema/all.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { DEFAULT_POLICY } from '#domain/base/policy.ts'
import type { EdgeFacts } from '#api/client.ts'
import type { Services } from '#api/context.ts'
import type { AppEnv } from '#api/http/env.ts'
import { makeAffiliate, makeLink, makeOffer } from '#dev/testing/people.ts'
import { testServices, type TestRuntime } from '#dev/testing/services.ts'
import { consumeClicks } from './consume-clicks.ts'
import { forgetLink } from './find-link.ts'
import { clickRoutes } from './routes.ts'
import { verifyClickToken } from './verify-click-token.ts'

const app = new Hono<AppEnv>().route('/', clickRoutes).all('*', (c) => c.text('chain', 418))
const EDGE: EdgeFacts = { ip: '203.0.113.77', country: 'FR', city: 'Lyon' }

let t: TestDatabase
let services: Services & { runtime: TestRuntime }

beforeAll(async () => {
  t = await testDatabase()
})
beforeEach(() => {
  services = testServices(t)
})
afterAll(() => t.close())

async function newLink(values: Partial<typeof affiliateLinks.$inferInsert> = {}, community = {}) {
  const [affiliate, offer] = await Promise.all([
    makeAffiliate(t.db),
    makeOffer(t.db, { community: { landingPageUrl: '/landing/cuisine', ...community }, program: { cookieDurationDays: 45 } }),
  ])
  return {
    ...(await makeLink(t.db, { affiliateId: affiliate.id, productId: offer.product.id, ...values })),
    communityId: offer.community.id,
  }
}

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

async function visit(
  path: string,
  { headers, ...init }: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> } = {},
  using = services,
) {
  const response = await app.fetch(
    new Request(`http://weokto.localhost${path}`, { ...init, headers: { 'user-agent': FIREFOX, ...headers } }),
    { services: using, edge: EDGE },
  )
  return { status: response.status, location: response.headers.get('location') ?? '', response }
}

const tokenOf = (location: string) =>
  verifyClickToken({ config: services.config, now: new Date() }, new URL(location).searchParams.get('ck'))

/** Services whose database does not answer, with a cache and a memory of their own unless given. */
const withoutDatabase = (runtime = services.runtime) => ({
  ...testServices({ databaseUrl: t.databaseUrl, httpEndpoint: 'http://127.0.0.1:9' }),
  runtime,
})

describe('a click goes on to the landing page', () => {
  test('with a token that names the affiliate, the link, the product and the affiliate’s mark', async () => {
    const link = await newLink()
    const { status, location, response } = await visit(`/r/${link.code}?sub=story%00%0Aone&utm_source=tiktok&other=1`)
    expect(status).toBe(302)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('set-cookie')).toBeNull()
    const url = new URL(location)
    expect(`${url.origin}${url.pathname}`).toBe('http://stam.localhost/landing/cuisine')
    expect([...url.searchParams.keys()]).toEqual(['utm_source', 'ck'])
    const claims = await tokenOf(location)
    expect(claims).toMatchObject({
      affiliateId: link.affiliateId,
      linkId: link.id,
      productId: link.productId,
      communityId: link.communityId,
      sub: 'story one',
    })
    expect((claims?.exp ?? 0) - (claims?.iat ?? 0)).toBe(45 * 86_400)
  })

  test('and is recorded after the answer, with the network truncated', async () => {
    const link = await newLink()
    await visit(`/r/${link.code}?sub=s1&utm_campaign=noel`, { headers: { referer: 'https://example.com/a' } })
    await services.runtime.settled()
    expect(services.runtime.queue).toHaveLength(1)
    await consumeClicks({ ...services, now: new Date() }, services.runtime.queue)
    const [row] = await t.db.select().from(affiliateTrackingEvents).where(eq(affiliateTrackingEvents.linkId, link.id))
    expect(row).toMatchObject({
      ip: '203.0.113.0/24',
      country: 'FR',
      city: 'Lyon',
      subId: 's1',
      campaign: 'noel',
      platform: 'STAM',
      landingPath: '/landing/cuisine',
      referrer: 'https://example.com/a',
      isUnique: true,
      filteredReason: null,
    })
  })

  test('a community’s link names the community', async () => {
    const { communityId, affiliateId } = await newLink()
    const link = await makeLink(t.db, { affiliateId, communityId })
    const claims = await tokenOf((await visit(`/r/${link.code}`)).location)
    expect(claims).toMatchObject({ communityId })
    expect(claims).not.toHaveProperty('productId')
  })

  test.each<[string, RequestInit & { headers?: Record<string, string> }]>([
    ['head', { method: 'HEAD' }],
    ['prefetch', { headers: { 'sec-purpose': 'prefetch;prerender' } }],
    ['prefetch', { headers: { 'x-moz': 'prefetch' } }],
    ['bot', { headers: { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' } }],
    ['bot', { headers: { 'user-agent': 'WhatsApp/2.23.20.0' } }],
  ])('what is no click of a person (%s) is sent on too, without a token, and says why', async (filteredReason, init) => {
    const link = await newLink()
    expect(await visit(`/r/${link.code}`, init)).toMatchObject({ status: 302, location: 'http://stam.localhost/landing/cuisine' })
    await services.runtime.settled()
    expect(services.runtime.queue.flat()).toMatchObject([{ filteredReason }])
  })
})

describe('what is unknown or closed leads home, without a click', () => {
  test.each(['nobody22', 'x', '..%2f..%2fadmin', '%00', 'a'.repeat(200)])('%s', async (code) => {
    expect(await visit(`/r/${code}`)).toMatchObject({ status: 302, location: 'http://weokto.localhost/' })
    await services.runtime.settled()
    expect(services.runtime.queue).toEqual([])
  })

  test('a paused or archived link, a blocked affiliate, a hidden community', async () => {
    const blocked = await newLink()
    await t.db
      .update(affiliateProfiles)
      .set({ blockedAt: new Date(), updatedAt: new Date() })
      .where(eq(affiliateProfiles.userId, blocked.affiliateId))
    const closed = [
      await newLink({ isActive: false }),
      await newLink({ archivedAt: new Date() }),
      await newLink({}, { isActive: false }),
      blocked,
    ]
    for (const { code } of closed) expect((await visit(`/r/${code}`)).location).toBe('http://weokto.localhost/')
  })

  test('a change is seen once the link is forgotten', async () => {
    const link = await newLink()
    expect((await visit(`/r/${link.code}`)).location).toContain('/landing/')
    await t.db.update(affiliateLinks).set({ isActive: false, updatedAt: new Date() }).where(eq(affiliateLinks.id, link.id))
    await services.runtime.settled()
    await forgetLink(services, link.code)
    expect((await visit(`/r/${link.code}`)).location).toBe('http://weokto.localhost/')
  })
})

test('clicks of one moment travel together, and each is counted', async () => {
  const link = await newLink()
  await Promise.all(Array.from({ length: 250 }, () => visit(`/r/${link.code}`)))
  await services.runtime.settled()
  expect(services.runtime.queue.length).toBeLessThan(50)
  expect(services.runtime.queue.flat()).toHaveLength(250)
  await consumeClicks({ ...services, now: new Date() }, services.runtime.queue)
  expect(await t.db.select().from(affiliateTrackingEvents).where(eq(affiliateTrackingEvents.linkId, link.id))).toHaveLength(250)
})

describe('the database', () => {
  test('is not asked again by this process, nor by another one that shares the cache', async () => {
    const link = await newLink()
    await visit(`/r/${link.code}`)
    await services.runtime.settled()
    const asked = vi.spyOn(globalThis, 'fetch')
    await visit(`/r/${link.code}`)
    await visit(`/r/${link.code}`, {}, { ...testServices(t), runtime: services.runtime })
    await services.runtime.settled()
    expect(asked).not.toHaveBeenCalled()
    asked.mockRestore()
  })

  test('may be down: a warm link works, also once it is stale, and any other leads home', async () => {
    const link = await newLink()
    await visit(`/r/${link.code}`)
    await services.runtime.settled()
    const down = withoutDatabase()
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 })
    expect((await visit(`/r/${link.code}`, {}, down)).location).toContain('/landing/')
    vi.useRealTimers()
    expect((await visit('/r/another22', {}, down)).location).toBe('http://weokto.localhost/')
  })

  test('takes the click itself when the queue does not', async () => {
    const link = await newLink()
    services.runtime.isQueueDown = true
    expect((await visit(`/r/${link.code}`)).status).toBe(302)
    await services.runtime.settled()
    expect(await t.db.select().from(affiliateTrackingEvents).where(eq(affiliateTrackingEvents.linkId, link.id))).toHaveLength(1)
  })
})

describe('where a click may lead', () => {
  const hostile = [
    '//evil.com',
    'https://evil.com',
    '/\\evil.com',
    '\\\\evil.com',
    '/%2f/evil.com',
    '/%5cevil.com',
    'javascript:alert(1)',
    '/.//evil.com',
    '/..//evil.com',
    '///evil.com',
    '/\tevil',
    '/%09/evil.com',
    'evil.com',
    '@evil.com',
    '/@evil.com',
    'http:evil.com',
    '/a/..//evil.com',
    '%2f%2fevil.com',
    '/%252f%252fevil.com',
    '',
    '/ok?x=//evil.com',
    '/ok#//evil.com',
    '/é/\u2028',
    'data:text/html,x',
  ]
  const pieces = [
    '/',
    '//',
    '\\',
    '..',
    '.',
    '%2f',
    '%5c',
    '%00',
    '@',
    ':',
    '?',
    '#',
    'evil.com',
    'https:',
    '\t',
    '\n',
    'a',
    '%',
    '％',
    '。',
    'é',
    ' ',
  ]

  test('0 of some hundred targets leave the two sites', async () => {
    const link = await newLink()
    const made = Array.from({ length: 400 }, (_, n) =>
      Array.from({ length: 1 + (n % 6) }, (__, i) => pieces[(n * 7 + i * i * 13 + i * n) % pieces.length]).join(''),
    )
    for (const to of [...hostile, ...made]) {
      const { location } = await visit(`/r/${link.code}?to=${encodeURIComponent(to)}`)
      expect(new URL(location).origin, to).toBe('http://stam.localhost')
    }
  })

  test('a path is followed, and one in the link when the visitor names none', async () => {
    const link = await newLink({ toPath: '/pay/offer-monthly?x=1' })
    expect((await visit(`/r/${link.code}?to=/landing/b`)).location).toMatch(/^http:\/\/stam\.localhost\/landing\/b\?ck=/)
    expect((await visit(`/r/${link.code}`)).location).toMatch(/^http:\/\/stam\.localhost\/pay\/offer-monthly\?x=1&ck=/)
  })

  test('a landing page on a foreign site leads to the site’s home', async () => {
    const link = await newLink({}, { landingPageUrl: 'https://evil.com/x' })
    expect(new URL((await visit(`/r/${link.code}`)).location).origin).toBe('http://stam.localhost')
  })
})

test('what must be refused goes on down the chain', async () => {
  const link = await newLink()
  expect((await visit(`/r/${link.code}?sub=4242424242424242`)).status).toBe(418)
  expect((await visit(`/r/${link.code}?sub=${'x'.repeat(5000)}`)).status).toBe(418)
  expect((await visit('/r/4242-4242-4242-4242')).status).toBe(418)
  expect((await visit(`/r/${link.code}?to=%2F4242%2F4242%2F4242%2F4242`)).status).toBe(418)
  expect((await visit(`/r/${link.code}`, { headers: { referer: 'https://example.com/?c=4242424242424242' } })).status).toBe(418)
  expect((await visit(`/r/${link.code}`, { headers: { 'user-agent': 'Mozilla 4242 4242 4242 4242' } })).status).toBe(418)
  await services.runtime.settled()
  expect(services.runtime.queue).toEqual([])
  const foreign = await app.fetch(new Request(`http://evil.com/r/${link.code}`), { services })
  expect(foreign.status).toBe(418)
})

test('the policy decides about the cookie and the token in the address', async () => {
  const link = await newLink()
  const put = async (version: number, consentMode: 'open' | 'strict') => {
    const policy = { ...DEFAULT_POLICY, version, clicks: { ...DEFAULT_POLICY.clicks, consentMode } }
    await t.db.insert(policies).values({ version, validFrom: new Date('2026-01-01'), json: policy, reason: 'test' })
    services = testServices(t)
    return visit(`/r/${link.code}`)
  }
  const open = await put(98, 'open')
  expect(open.response.headers.get('set-cookie')).toMatch(/^ck=ey.*; Max-Age=3888000; Path=\/; HttpOnly; SameSite=Lax$/)
  const strict = await put(99, 'strict')
  expect(strict.location).toBe('http://stam.localhost/landing/cuisine')
  expect(strict.response.headers.get('set-cookie')).toBeNull()
  await t.admin('DELETE FROM policies')
})
