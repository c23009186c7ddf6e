import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { makeCommunity, makeOffer } from '#dev/testing/people.ts'
import { listGuilds } from './list-guilds.ts'

const NOW = new Date('2026-11-22T12:00:00Z')

let t: TestDatabase

beforeAll(async () => {
  t = await testDatabase()
})
afterAll(() => t.close())

test('shows active guilds with what is published in them, and nothing of the other site', async () => {
  const [open, draft] = await Promise.all([
    makeOffer(t.db, { community: { platform: 'WEOKTO', name: 'Atelier' }, product: { shortDescription: 'Vendre par l’écrit' } }),
    makeOffer(t.db, { community: { platform: 'WEOKTO', name: 'Brouillon' }, product: { isPublished: false } }),
    makeOffer(t.db, { community: { platform: 'WEOKTO', isActive: false } }),
    makeCommunity(t.db, { platform: 'STAM' }),
  ])
  const { id, name } = open.product
  expect(await listGuilds({ db: t.db, now: NOW })).toEqual({
    guilds: [
      { name: 'Atelier', slug: open.community.slug, products: [{ id, name, description: 'Vendre par l’écrit', isFree: false }] },
      { name: 'Brouillon', slug: draft.community.slug, products: [] },
    ],
  })
})
