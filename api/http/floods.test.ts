import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { randomToken } from '#api/crypto.ts'
import type { Person } from '#dev/http-client.ts'
import { unaskedAddress } from '#dev/testing/addresses.ts'
import { buy } from '#dev/testing/buy.ts'
import { signIn } from '#dev/testing/mails.ts'
import { makeOffer } from '#dev/testing/people.ts'
import { startSite, type Site } from '#dev/testing/site.ts'

let t: TestDatabase
let site: Site
beforeAll(async () => {
  t = await testDatabase()
  site = await startSite(t)
})
beforeEach(() => t.admin('delete from rate_limits'))
afterEach(() => {
  site.services.runtime.limit = async () => true
})
afterAll(async () => {
  await site.stop()
  await t.close()
})

/** From here on each key bears so many uses, as the platform's own limit does. */
function bear(most: number): void {
  const uses = new Map<string, number>()
  site.services.runtime.limit = async (key) => {
    uses.set(key, (uses.get(key) ?? 0) + 1)
    return (uses.get(key) ?? 0) <= most
  }
}

/** Asks for something that changes nothing, by turns, and says how often it was let through. */
async function passed(people: readonly Person[], times: number): Promise<number> {
  let through = 0
  for (let n = 0; n < times; n++) {
    const answer = await people[n % people.length]?.fetch('/api/sessions/aaaaaaaaaaaaaaaaaaaaaaaa', { method: 'DELETE' })
    if (answer?.status !== 429) through += 1
  }
  return through
}

test('more sessions of one person buy no more', async () => {
  const email = 'many-sessions@people.test'
  const people = [await signIn(site, site.stam(), email), await signIn(site, site.stam(), email), await signIn(site, site.stam(), email)]
  bear(4)
  expect(await passed(people, 12)).toBe(4)
  const other = await signIn(site, site.stam(), 'somebody-else@people.test')
  expect(await passed([other], 6)).toBe(4)
})

test('more sessions of one purchase buy no more, and take nothing from the person whose address it names', async () => {
  const email = await unaskedAddress('burst', site.services.config.CODE_SECRET)
  const { button } = await makeOffer(t.db)
  const intruder = site.stam()
  const paid = await buy(intruder, { buttonKey: button.buttonKey, email })
  const again = site.stam()
  again.cookies.set('checkout', intruder.cookies.get('checkout') ?? '')
  for (const person of [intruder, again]) expect((await person.post(`/api/checkouts/${paid.id}/enter`, {})).status).toBe(200)
  // The owner's session as it stood before: made by hand, because proving the address now would end the intruder's.
  const owner = await signIn(site, site.stam(), 'burst-owner@people.test')
  await t.admin(
    `update stam_sessions set "userId" = (select id from stam_users where email = $1) where "userId" = (select id from stam_users where email = 'burst-owner@people.test')`,
    [email],
  )
  bear(4)
  expect(await passed([intruder, again], 12)).toBe(4)
  expect(await passed([owner], 6)).toBe(4)
})

test('a cookie that cannot be ours is not looked up, and one that is made up costs one read and counts against its network', async () => {
  const shapeless = site.stam()
  const invented = site.stam()
  shapeless.cookies.set('session', 'x'.repeat(42))
  invented.cookies.set('session', randomToken())
  const showcase = async (person: Person) => (await person.get('/api/showcase')).status
  await t.admin('alter table stam_sessions rename to stam_sessions_away')
  expect([await showcase(shapeless), await showcase(invented)]).toEqual([200, 500])
  await t.admin('alter table stam_sessions_away rename to stam_sessions')

  bear(3)
  const answers: number[] = []
  for (let n = 0; n < 5; n++) {
    invented.cookies.set('session', randomToken())
    answers.push(await showcase(invented))
  }
  expect(answers).toEqual([200, 200, 200, 429, 429])
  expect([await showcase(shapeless), await showcase(site.stam())]).toEqual([200, 200])
  // What is refused is refused before anything else is read for it.
  await t.admin('alter table communities rename to communities_away')
  expect([await showcase(invented), await showcase(site.stam())]).toEqual([429, 500])
  await t.admin('alter table communities_away rename to communities')
})

test('a session is not lost among made-up ones of its network', async () => {
  const person = await signIn(site, site.stam(), 'among-others@people.test')
  bear(0)
  const invented = site.stam()
  invented.cookies.set('session', randomToken())
  expect((await invented.get('/api/me')).status).toBe(429)
  expect((await person.get('/api/sessions')).status).toBe(200)
})
