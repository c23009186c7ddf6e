import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { makeOffer } from '#dev/testing/people.ts'
import { testContext, testServices } from '#dev/testing/services.ts'
import { listOpenCommunities } from './list-open.ts'

const NOW = new Date('2026-11-22T12:00:00Z')

let t: TestDatabase
beforeAll(async () => {
  t = await testDatabase()
})
afterAll(() => t.close())

const list = () => listOpenCommunities({ ...testContext(testServices(t), NOW), platform: 'STAM' })

test('anybody sees what can be bought on this site now, and nothing else', async () => {
  const open = await makeOffer(t.db, { community: { name: 'Ouverte', landingPageUrl: '/l/ouverte', supplierName: 'Maison Tue' } })
  await makeOffer(t.db, { button: { isActive: false } })
  await makeOffer(t.db, { plan: { isActive: false } })
  await makeOffer(t.db, { product: { isPublished: false } })
  await makeOffer(t.db, { product: { publishedAt: new Date('2027-01-01T00:00:00Z') } })
  await makeOffer(t.db, { community: { isActive: false } })
  await makeOffer(t.db, { community: { platform: 'WEOKTO' } })
  const { communities } = await list()
  expect(communities).toMatchObject([
    {
      name: 'Ouverte',
      landingPath: '/l/ouverte',
      offers: [{ buttonKey: open.button.buttonKey, priceCents: 4900, billingInterval: 'MONTHLY' }],
    },
  ])
  expect(JSON.stringify(communities)).not.toContain('Maison')
})

test('a page elsewhere is not linked', async () => {
  await makeOffer(t.db, { community: { name: 'Ailleurs', landingPageUrl: '//evil.example/l' } })
  const { communities } = await list()
  expect(communities.find(({ name }) => name === 'Ailleurs')).toMatchObject({ landingPath: null })
})
