import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#db/id.ts'
import { channels, communityMembers } from '#db/schema/all.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import type { Person } from '#dev/http-client.ts'
import { unaskedAddress } from '#dev/testing/addresses.ts'
import { buy } from '#dev/testing/buy.ts'
import { makeOffer, makeSale } from '#dev/testing/people.ts'
import { startSite, type Site } from '#dev/testing/site.ts'

let t: TestDatabase
let site: Site

beforeAll(async () => {
  t = await testDatabase()
  site = await startSite(t)
})
afterAll(async () => {
  await site.stop()
  await t.close()
})

async function place() {
  const offer = await makeOffer(t.db)
  const row = { communityId: offer.community.id, name: 'Général', slug: 'general', createdBy: 'test', createdAt: new Date() }
  const [made] = await t.db.insert(channels).values(row).returning({ id: channels.id })
  return { ...offer, slug: offer.community.slug, channelId: String(made?.id) }
}

/** Everything that names a community or a channel, as its status and the code of its refusal. */
async function answers(person: Person, { slug, channelId }: { slug: string; channelId: string }): Promise<string[]> {
  const asked = [
    () => person.get(`/api/communities/${slug}`),
    () => person.get(`/api/channels/${channelId}/messages`),
    () => person.get(`/api/channels/${channelId}/events?after=0`),
    () => person.post(`/api/channels/${channelId}/ticket`, {}),
    () => person.post(`/api/channels/${channelId}/read`, { seq: 1 }),
    () => person.post(`/api/channels/${channelId}/messages`, { clientId: newId(), content: 'Bonjour' }),
  ]
  const told: string[] = []
  for (const ask of asked) {
    const answer = await ask()
    const { error } = (await answer.json()) as { error?: { code: string } }
    told.push(`${answer.status} ${error?.code ?? ''}`.trim())
  }
  return told
}

test('a session of one purchase is answered about every other community as about none', async () => {
  const email = await unaskedAddress('one-purchase', site.services.config.CODE_SECRET)
  const own = await place()
  const buyer = site.stam()
  const paid = await buy(buyer, { buttonKey: own.button.buttonKey, email })
  await buyer.post(`/api/checkouts/${paid.id}/enter`, {})
  expect((await answers(buyer, own)).slice(0, 3)).toEqual(['200', '200', '200'])

  const [user] = await t.admin<{ id: string }>(`select id from stam_users where email = $1`, [email])
  const stamUserId = user?.id ?? ''
  const join = (communityId: string, values: Partial<typeof communityMembers.$inferInsert>) =>
    t.db
      .insert(communityMembers)
      .values({ id: newId(), communityId, platform: 'STAM', stamUserId, email, updatedAt: new Date(), ...values })
  const [bought, ended, free, banned, strange] = [await place(), await place(), await place(), await place(), await place()]
  for (const { community, product, plan } of [bought, ended]) {
    const { customer } = await makeSale(t.db, { productId: product.id, planId: plan.id, stamUserId, paidAt: new Date() })
    await join(community.id, { customerId: customer.id })
  }
  await t.admin(`update customers set status = 'EXPIRED' where "productId" = $1`, [ended.product.id])
  await join(free.community.id, {})
  await join(banned.community.id, { bannedAt: new Date() })

  const nowhere = { slug: 'no-such-community', channelId: '999999' }
  const nothing = Array.from({ length: 6 }, () => '404 not_found')
  for (const [what, other] of Object.entries({ nowhere, strange, bought, ended, free, banned }))
    expect([what, ...(await answers(buyer, other))]).toEqual([what, ...nothing])
  const { communities } = (await (await buyer.get('/api/communities')).json()) as { communities: { slug: string }[] }
  expect(communities.map(({ slug }) => slug)).toEqual([own.slug])
})
