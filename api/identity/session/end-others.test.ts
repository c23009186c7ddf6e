import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { FRESH_SIGN_IN_MS } from '#domain/access.ts'
import type { Person } from '#dev/http-client.ts'
import { signIn } from '#dev/testing/mails.ts'
import { startSite, type Site } from '#dev/testing/site.ts'

let t: TestDatabase
let site: Site
beforeAll(async () => {
  t = await testDatabase()
  site = await startSite(t)
})
beforeEach(() => t.admin('delete from rate_limits'))
afterAll(async () => {
  await site.stop()
  await t.close()
})

const isIn = async (person: Person) => ((await (await person.get('/api/me')).json()) as { user: unknown }).user !== null
const endOthers = (person: Person) => person.fetch('/api/sessions', { method: 'DELETE' })

describe.each(['weokto', 'stam'] as const)('ending all other sessions on %s', (platform) => {
  const promised = async () => Number((await t.admin(`select count(*) as n from outbox where kind = 'close-sockets'`))[0]?.['n'])

  test('ends each of them with its rooms, and neither this one nor anybody else’s', async () => {
    const email = `others-${platform}@people.test`
    const [phone, tablet] = [await signIn(site, site[platform](), email), await signIn(site, site[platform](), email)]
    const stranger = await signIn(site, site[platform](), `stranger-${platform}@people.test`)
    const here = await signIn(site, site[platform](), email)
    const before = await promised()
    expect((await endOthers(here)).status).toBe(200)
    expect(await Promise.all([phone, tablet, stranger, here].map(isIn))).toEqual([false, false, true, true])
    expect(await promised()).toBe(before + 1)
    expect((await endOthers(here)).status).toBe(200)
    expect(await isIn(here)).toBe(true)
    expect(await promised()).toBe(before + 1)
  })

  test('is refused to whoever proved too long ago who they are, and then ends nothing', async () => {
    const email = `stale-${platform}@people.test`
    const [phone, here] = [await signIn(site, site[platform](), email), await signIn(site, site[platform](), email)]
    const longAgo = new Date(Date.now() - FRESH_SIGN_IN_MS - 1000).toISOString()
    await t.admin(
      `update ${platform}_sessions s set "authenticatedAt" = $1 from ${platform}_users u where u.id = s."userId" and u.email = $2`,
      [longAgo, email],
    )
    const answer = await endOthers(here)
    expect([answer.status, await answer.json()]).toMatchObject([401, { error: { code: 'fresh_sign_in_required' } }])
    expect(await Promise.all([phone, here].map(isIn))).toEqual([true, true])
  })
})
