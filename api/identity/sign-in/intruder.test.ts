import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import type { Person } from '#dev/http-client.ts'
import { unaskedAddress } from '#dev/testing/addresses.ts'
import { buy } from '#dev/testing/buy.ts'
import { newestMail, signIn } from '#dev/testing/mails.ts'
import { makeOffer } from '#dev/testing/people.ts'
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

const sessionsOf = async (person: Person) =>
  ((await (await person.get('/api/sessions')).json()) as { sessions: { id: string; current: boolean }[] }).sessions
const userOf = async (person: Person) => ((await (await person.get('/api/me')).json()) as { user: { email: string } | null }).user

test('guesses that arrive together get five tries, not one each', async () => {
  const email = 'guessed@people.test'
  const intruder = site.stam()
  await intruder.post('/api/sign-in', { email })
  const { code } = await newestMail(site, email)
  const wrong = Array.from({ length: 30 }, (_, i) => String((Number(code) + i + 1) % 1_000_000).padStart(6, '0'))
  const answers = await Promise.all(wrong.map((guess) => intruder.post('/api/sign-in/confirm', { email, code: guess })))
  expect(answers.map(({ status }) => status).filter((status) => status !== 410)).toHaveLength(5)
  expect((await intruder.post('/api/sign-in/confirm', { email, code })).status).toBe(410)
})

test('whoever bought under an address that is not theirs sees and ends none of its sessions, and is out once it is confirmed', async () => {
  const email = await unaskedAddress('victim', site.services.config.CODE_SECRET)
  const offer = await makeOffer(t.db)
  const intruder = site.stam()
  const paid = await buy(intruder, { buttonKey: offer.button.buttonKey, email })
  await intruder.post(`/api/checkouts/${paid.id}/enter`, {})
  // The victim's session as it stood before: made by hand, because confirming the address now ends the intruder's.
  await t.admin(
    `insert into stam_sessions (id, "userId", token, "expiresAt", "createdAt", "lastSeenAt", "authenticatedAt", ip) select 'victims-session', id, repeat('a', 64), now() + interval '1 day', now(), now(), now(), '198.51.100.0/24' from stam_users where email = $1`,
    [email],
  )
  expect((await sessionsOf(intruder)).map(({ id }) => id)).not.toContain('victims-session')
  await t.admin(`update stam_sessions set id = 'abcdefghijklmnopqrstuvwx' where id = 'victims-session'`)
  expect((await intruder.fetch('/api/sessions/abcdefghijklmnopqrstuvwx', { method: 'DELETE' })).status).toBe(404)

  const victim = await signIn(site, site.stam(), email)
  expect(await userOf(victim)).toMatchObject({ email, emailUnconfirmed: false })
  expect(await userOf(intruder)).toBeNull()
})

test('a session ended from elsewhere is not opened again by the checkout that it paid in', async () => {
  const email = 'shared-computer@people.test'
  const offer = await makeOffer(t.db)
  const library = await signIn(site, site.stam(), email)
  const paid = await buy(library, { buttonKey: offer.button.buttonKey })
  await library.post(`/api/checkouts/${paid.id}/enter`, {})
  const home = await signIn(site, site.stam(), email)
  const there = (await sessionsOf(home)).find(({ current }) => !current)
  expect((await home.fetch(`/api/sessions/${there?.id}`, { method: 'DELETE' })).status).toBe(200)
  expect((await library.post(`/api/checkouts/${paid.id}/enter`, {})).status).toBe(404)
  expect(await userOf(library)).toBeNull()

  // Signing out at the library closes that way as well.
  const again = await signIn(site, site.stam(), email)
  const other = await makeOffer(t.db)
  const second = await buy(again, { buttonKey: other.button.buttonKey })
  await again.post('/api/sign-out', {})
  expect((await again.post(`/api/checkouts/${second.id}/enter`, {})).status).toBe(404)
})

test('entering by a checkout is as fresh as the sign-in it rests on', async () => {
  const email = 'stale@people.test'
  const offer = await makeOffer(t.db)
  const buyer = await signIn(site, site.stam(), email)
  await t.admin(`update stam_sessions s set "authenticatedAt" = '2026-01-01' from stam_users u where u.id = s."userId" and u.email = $1`, [
    email,
  ])
  const paid = await buy(buyer, { buttonKey: offer.button.buttonKey })
  buyer.cookies.delete('session')
  expect((await buyer.post(`/api/checkouts/${paid.id}/enter`, {})).status).toBe(200)
  const dates = await t.admin<{ at: Date }>(
    `select distinct s."authenticatedAt" as at from stam_sessions s join stam_users u on u.id = s."userId" where u.email = $1`,
    [email],
  )
  expect(dates).toEqual([{ at: new Date('2026-01-01T00:00:00Z') }])
})
