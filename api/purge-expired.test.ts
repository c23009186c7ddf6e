import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { buy, startCheckout } from '#dev/testing/buy.ts'
import { makeOffer } from '#dev/testing/people.ts'
import { startSite, type Site } from '#dev/testing/site.ts'

const DAY_MS = 86_400_000

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

test('an address left in a checkout that ordered nothing goes after 90 days; orders, refused or paid, stay', async () => {
  const { button } = await makeOffer(t.db)
  const { buttonKey } = button
  const left = await startCheckout(site.stam(), { buttonKey, email: 'looked@buyers.test' })
  const refused = await buy(site.stam(), { buttonKey, email: 'refused@buyers.test' }, '4000000000000002')
  const paid = await buy(site.stam(), { buttonKey, email: 'paid@buyers.test' })
  const kept = async () =>
    (
      await t.admin<{ id: string }>(`select id from checkout_sessions where id = any($1) order by "createdAt"`, [
        [left.id, refused.id, paid.id],
      ])
    ).map(({ id }) => id)
  for (const days of [2, 89]) await site.cron('15 3 * * *', new Date(Date.now() + days * DAY_MS))
  expect(await kept()).toEqual([left.id, refused.id, paid.id])
  await site.cron('15 3 * * *', new Date(Date.now() + 91 * DAY_MS))
  expect(await kept()).toEqual([refused.id, paid.id])
})
