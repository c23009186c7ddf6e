import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { signIn } from '#dev/testing/mails.ts'
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

test.each(['weokto', 'stam'] as const)('the device that asks was seen now on %s, others when they last were', async (platform) => {
  const email = `devices-${platform}@people.test`
  await signIn(site, site[platform](), email)
  const here = await signIn(site, site[platform](), email)
  const before = new Date()
  const longAgo = new Date(before.getTime() - 39 * 60_000)
  await t.admin(`update ${platform}_sessions set "lastSeenAt" = $1`, [longAgo.toISOString()])
  const { sessions } = (await (await here.get('/api/sessions')).json()) as { sessions: { current: boolean; lastSeenAt: string }[] }
  expect(sessions.map(({ current }) => current)).toEqual([true, false])
  expect(new Date(sessions[0]?.lastSeenAt ?? 0).getTime()).toBeGreaterThanOrEqual(before.getTime())
  expect(sessions[1]?.lastSeenAt).toBe(longAgo.toISOString())
})
