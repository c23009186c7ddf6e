import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishedAt as isOut } from '#db/published.ts'
import { products } from '#db/schema/all.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { isPublishedAt } from '#domain/catalogue/plan.ts'
import { createLink } from '#api/affiliation/link/create-link.ts'
import { listGuilds } from '#api/community/community/list-guilds.ts'
import { listOpenCommunities } from '#api/community/community/list-open.ts'
import type { Services } from '#api/context.ts'
import { makeAffiliate, makeOffer, makePerson } from '#dev/testing/people.ts'
import { testContext, testServices } from '#dev/testing/services.ts'
import { ListProducts, listAllProducts } from './list-all.ts'
import { listMarketplace } from './list-marketplace.ts'

const OUT = new Date('2026-06-01T08:00:00Z')
const JUST_BEFORE = new Date(OUT.getTime() - 1)

let t: TestDatabase
let services: Services

beforeAll(async () => {
  t = await testDatabase()
  services = testServices(t)
})
afterAll(() => t.close())

test.each([
  [false, null],
  [false, OUT],
  [true, null],
  [true, OUT],
])('what a list asks of a product and what the rule says of it are the same: published %s, at %s', async (isPublished, publishedAt) => {
  const { product } = await makeOffer(t.db, { product: { isPublished, publishedAt } })
  for (const now of [JUST_BEFORE, OUT]) {
    const found = await t.db.$count(products, and(eq(products.id, product.id), isOut(now)))
    expect(found === 1).toBe(isPublishedAt({ isPublished, publishedAt }, now))
  }
})

/** Every list that shows what is out, as whoever reads it at that moment sees it: whether the product is in it. */
async function shownAt(now: Date, stam: string, guild: string) {
  const affiliate = testContext(services, now, await makeAffiliate(t.db))
  const owner = testContext(services, now, await makePerson(t.db, { userType: 'OWNER' }))
  const inCatalogue = async (state: ListProducts['state']) =>
    (await listAllProducts(owner, { ...ListProducts.parse({}), state })).rows.some(({ id }) => id === stam)
  const { communities } = await listOpenCommunities({ ...testContext(services, now), platform: 'STAM' })
  return {
    marketplace: (await listMarketplace(affiliate)).products.some(({ id }) => id === stam),
    guilds: (await listGuilds(testContext(services, now))).guilds.some((one) => one.products.some(({ id }) => id === guild)),
    open: communities.length > 0,
    link: await createLink(affiliate, { productId: stam }).then(
      () => true,
      () => false,
    ),
    published: await inCatalogue('published'),
    scheduled: await inCatalogue('scheduled'),
    draft: await inCatalogue('draft'),
  }
}

test('no list shows a scheduled publication before its moment, and each does from then on', async () => {
  await t.db.update(products).set({ isPublished: false })
  const [stam, guild] = await Promise.all([
    makeOffer(t.db, { product: { publishedAt: OUT } }),
    makeOffer(t.db, { community: { platform: 'WEOKTO' }, product: { publishedAt: OUT } }),
  ])
  const early = await shownAt(JUST_BEFORE, stam.product.id, guild.product.id)
  expect(early).toEqual({ marketplace: false, guilds: false, open: false, link: false, published: false, scheduled: true, draft: false })
  const then = await shownAt(OUT, stam.product.id, guild.product.id)
  expect(then).toEqual({ marketplace: true, guilds: true, open: true, link: true, published: true, scheduled: false, draft: false })
})
