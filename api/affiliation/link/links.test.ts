import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { affiliateDailyStats, policies } from '#db/schema/all.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { CreateLink } from '#domain/affiliation/link.ts'
import { USER_TYPES, type UserType } from '#domain/identity/enums.ts'
import { findLink } from '#api/affiliation/click/find-link.ts'
import { listMarketplace } from '#api/catalogue/product/list-marketplace.ts'
import type { Services } from '#api/context.ts'
import { makeAffiliate, makeCommunity, makeLink, makeOffer, makePerson } from '#dev/testing/people.ts'
import { testContext, testServices } from '#dev/testing/services.ts'
import { changeLink } from './change-link.ts'
import { createLink } from './create-link.ts'
import { ListLinks, listOwnLinks } from './list-own.ts'

const NOW = new Date('2026-03-10T12:00:00Z')
const ALL = ListLinks.parse({})

let t: TestDatabase
let services: Services

beforeAll(async () => {
  t = await testDatabase()
  services = testServices(t)
})
afterAll(() => t.close())

async function affiliate(profile = {}) {
  const person = await makeAffiliate(t.db, {}, profile)
  return { ...person, ctx: testContext(services, NOW, person) }
}

describe('making a link', () => {
  test('to a product, on the address of its site', async () => {
    const [{ ctx }, { product, community }] = await Promise.all([affiliate(), makeOffer(t.db)])
    const link = await createLink(ctx, { productId: product.id, label: 'Bio', toPath: '/landing/b' })
    expect(link).toMatchObject({
      productId: product.id,
      productName: product.name,
      communityId: community.id,
      label: 'Bio',
      toPath: '/landing/b',
      state: 'active',
    })
    expect(link.url).toBe(`http://stam.localhost/r/${link.code}`)
    expect((await listOwnLinks(ctx, ALL)).links).toMatchObject([{ id: link.id, stats: { grossClicks: 0, commissionCents: 0 } }])
  })

  test('to a community that has something to earn on', async () => {
    const [{ ctx }, { community }, empty] = await Promise.all([affiliate(), makeOffer(t.db), makeCommunity(t.db)])
    expect(await createLink(ctx, { communityId: community.id })).toMatchObject({
      productId: null,
      productName: null,
      communityId: community.id,
    })
    await expect(createLink(ctx, { communityId: empty.id })).rejects.toMatchObject({ code: 'program_inactive' })
  })

  test('is refused without a program, on what is not published, on what does not exist, and to who is blocked', async () => {
    const [{ ctx }, closed, hidden, offer, blocked] = await Promise.all([
      affiliate(),
      makeOffer(t.db, { program: { isActive: false } }),
      makeOffer(t.db, { product: { isPublished: false } }),
      makeOffer(t.db),
      affiliate({ blockedAt: NOW }),
    ])
    await expect(createLink(ctx, { productId: closed.product.id })).rejects.toMatchObject({ code: 'program_inactive' })
    await expect(createLink(ctx, { productId: hidden.product.id })).rejects.toMatchObject({ code: 'program_inactive' })
    await expect(createLink(ctx, { productId: 'nobodynobodynobodynobody' })).rejects.toMatchObject({ code: 'not_found' })
    await expect(createLink(blocked.ctx, { productId: offer.product.id })).rejects.toMatchObject({ code: 'affiliate_blocked' })
  })

  test('with a code of one’s own, if nobody has it', async () => {
    const [{ ctx }, other, { product }] = await Promise.all([affiliate(), affiliate(), makeOffer(t.db)])
    expect(await createLink(ctx, { productId: product.id, code: 'lea-cuisine' })).toMatchObject({ code: 'lea-cuisine' })
    await expect(createLink(other.ctx, { productId: product.id, code: 'lea-cuisine' })).rejects.toMatchObject({
      code: 'code_taken',
      fields: { code: 'Ce code est déjà pris. Choisissez-en un autre.' },
    })
    expect((await listOwnLinks(other.ctx, ALL)).total).toBe(0)
  })

  test.each([
    {},
    { productId: 'a'.repeat(24), communityId: 'b'.repeat(24) },
    { productId: 'a'.repeat(24), toPath: '//evil.com' },
    { productId: 'a'.repeat(24), toPath: 'https://evil.com' },
    { productId: 'a'.repeat(24), label: '\u0000' },
  ])('%o is no input', (input) => {
    expect(CreateLink.safeParse(input).success).toBe(false)
  })
})

describe('changing a link', () => {
  test('renames, pauses, archives, and the redirect forgets it', async () => {
    const [{ ctx, id }, { product }] = await Promise.all([affiliate(), makeOffer(t.db)])
    const { id: linkId, code } = await makeLink(t.db, { affiliateId: id, productId: product.id, label: 'old', campaign: 'c' })
    expect((await findLink(ctx, code))?.isActive).toBe(true)
    expect(await changeLink(ctx, { id: linkId, isActive: false, label: 'new' })).toMatchObject({
      state: 'paused',
      label: 'new',
      campaign: 'c',
    })
    expect((await findLink(ctx, code))?.isActive).toBe(false)
    expect(await changeLink(ctx, { id: linkId, isActive: true, campaign: null })).toMatchObject({ state: 'active', campaign: null })
    expect((await findLink(ctx, code))?.isActive).toBe(true)
    expect(await changeLink(ctx, { id: linkId, isArchived: true })).toMatchObject({ state: 'archived', archivedAt: NOW })
    expect((await listOwnLinks(ctx, ALL)).total).toBe(0)
    expect((await listOwnLinks(ctx, { ...ALL, state: 'archived' })).total).toBe(1)
    expect(await changeLink(ctx, { id: linkId, isArchived: false })).toMatchObject({ state: 'paused', archivedAt: null })
  })

  test('somebody else’s is not found, and stays as it is', async () => {
    const [owner, other, { product }] = await Promise.all([affiliate(), affiliate(), makeOffer(t.db)])
    const link = await makeLink(t.db, { affiliateId: owner.id, productId: product.id })
    await expect(changeLink(other.ctx, { id: link.id, isArchived: true })).rejects.toMatchObject({ code: 'not_found' })
    expect((await listOwnLinks(other.ctx, ALL)).links).toEqual([])
    expect((await listOwnLinks(owner.ctx, ALL)).links).toMatchObject([{ id: link.id, state: 'active' }])
  })
})

test('the list sums the days of each link, sorts by what it brought, and pages', async () => {
  const [{ ctx, id }, { product }] = await Promise.all([affiliate(), makeOffer(t.db)])
  const links = await Promise.all([1, 2, 3].map(() => makeLink(t.db, { affiliateId: id, productId: product.id })))
  const days = links.flatMap((link, n) =>
    ['2026-03-01', '2026-03-02'].map((day) => ({
      affiliateId: id,
      linkId: link.id,
      productId: product.id,
      day,
      grossClicks: 10 * n,
      uniqueClicks: n,
      salesCount: n,
      salesCents: 4900 * n,
      commissionCents: 1224 * n,
    })),
  )
  await t.db.insert(affiliateDailyStats).values(days)
  const page = await listOwnLinks(ctx, { sort: 'commission', page: 1, size: 2 })
  expect(page.total).toBe(3)
  expect(page.links.map((link) => link.id)).toEqual([links[2]?.id, links[1]?.id])
  expect(page.links[0]?.stats).toEqual({
    grossClicks: 40,
    uniqueClicks: 4,
    filteredClicks: 0,
    salesCount: 4,
    salesCents: 19_600,
    commissionCents: 4896,
  })
})

test('the marketplace shows what is published and pays, with one’s own link', async () => {
  const [{ ctx, id }, other, offer, closed] = await Promise.all([
    affiliate(),
    affiliate(),
    makeOffer(t.db, { community: { supplierName: 'Fournisseur A' } }),
    makeOffer(t.db, { program: { isActive: false } }),
  ])
  const link = await makeLink(t.db, { affiliateId: id, productId: offer.product.id })
  await makeLink(t.db, { affiliateId: other.id, productId: offer.product.id })
  const { products } = await listMarketplace(ctx)
  expect(products.find((product) => product.id === closed.product.id)).toBeUndefined()
  expect(products.find((product) => product.id === offer.product.id)).toMatchObject({
    supplierName: 'Fournisseur A',
    rate: 3000,
    rateType: 'percentage',
    linkUrl: `http://stam.localhost/r/${link.code}`,
    plans: [{ priceCents: 4900, billingInterval: 'MONTHLY' }],
  })
})

test('a product of a guild is on offer only while the policy lets it pay', async () => {
  const [{ ctx }, { product, community }] = await Promise.all([affiliate(), makeOffer(t.db, { community: { platform: 'WEOKTO' } })])
  const isOffered = async () => (await listMarketplace(ctx)).products.some(({ id }) => id === product.id)
  expect(await isOffered()).toBe(false)
  for (const input of [{ productId: product.id }, { communityId: community.id }])
    await expect(createLink(ctx, input)).rejects.toMatchObject({ code: 'program_inactive' })
  const inForce = (version: number, guildPrograms: boolean) =>
    t.db.insert(policies).values({ version, validFrom: NOW, json: { switches: { guildPrograms } }, reason: 'test' })
  await inForce(2, true)
  expect(await isOffered()).toBe(true)
  for (const input of [{ productId: product.id }, { communityId: community.id }])
    expect(await createLink(ctx, input)).toMatchObject({ communityId: community.id })
  await inForce(3, false)
  expect(await isOffered()).toBe(false)
})

test.each(USER_TYPES)('who is %s', async (userType: UserType) => {
  const person = await makePerson(t.db, { userType })
  const ctx = testContext(services, NOW, person)
  const mayLink = userType === 'AFFILIATE' || userType === 'OWNER'
  for (const run of [() => listOwnLinks(ctx, ALL), () => listMarketplace(ctx)]) {
    if (mayLink) await expect(run()).resolves.toBeDefined()
    else await expect(run()).rejects.toMatchObject({ code: 'forbidden' })
  }
  const expected = mayLink ? 'not_found' : 'forbidden'
  await expect(createLink(ctx, { productId: 'a'.repeat(24) })).rejects.toMatchObject({ code: expected })
  await expect(changeLink(ctx, { id: 'a'.repeat(24) })).rejects.toMatchObject({ code: expected })
  await expect(listOwnLinks(testContext(services, NOW), ALL)).rejects.toMatchObject({ code: 'unauthorized' })
})
