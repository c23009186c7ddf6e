import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import type { Platform } from '#domain/base/enums.ts'
import { Person } from '#dev/http-client.ts'
import { buy, order, startCheckout, typeCard, untilStep } from '#dev/testing/buy.ts'
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
afterAll(async () => {
  await site.stop()
  await t.close()
})

const visit = (platform: Platform) => (platform === 'STAM' ? site.stam() : site.weokto())
const sessionsOf = async (person: Person) =>
  ((await (await person.get('/api/sessions')).json()) as { sessions: { id: string; current: boolean }[] }).sessions

function copyOf(person: Person): Person {
  const copy = new Person(person.origin)
  for (const [name, value] of person.cookies) copy.cookies.set(name, value)
  return copy
}

/** Somebody signed in who has just bought, and what their checkout answers to a browser with each kind of cookie. */
async function bought(platform: Platform, email: string) {
  const offer = await makeOffer(t.db, { community: { platform } })
  const buyer = await signIn(site, visit(platform), email)
  const paid = await buy(buyer, { buttonKey: offer.button.buttonKey })
  expect(paid.step).toBe('PAID')
  return { buyer, id: paid.id }
}

const COOKIES = { none: undefined, empty: '', foreign: 'a'.repeat(43) } as const

async function answersToOthers(platform: Platform, id: string): Promise<Record<string, number[]>> {
  const answers: Record<string, number[]> = {}
  for (const [kind, cookie] of Object.entries(COOKIES)) {
    const other = visit(platform)
    if (cookie !== undefined) other.cookies.set('checkout', cookie)
    answers[kind] = [(await other.get(`/api/checkouts/${id}`)).status, (await other.post(`/api/checkouts/${id}/enter`, {})).status]
    expect(other.cookies.has('session')).toBe(false)
  }
  return answers
}

const NOT_FOUND = { none: [404, 404], empty: [404, 404], foreign: [404, 404] }

describe.each(['STAM', 'WEOKTO'] as const)('a paid checkout on %s', (platform) => {
  test.each(['CLIENT', 'OWNER'])('opens to nobody once a session of its buyer, a %s, was ended', async (role) => {
    const email = `ended-${role}-${platform}@people.test`.toLowerCase()
    const { buyer, id } = await bought(platform, email)
    await t.admin(`update weokto_users set "userType" = $2 where email = $1`, [email, role])
    const home = await signIn(site, visit(platform), email)
    const there = (await sessionsOf(home)).find(({ current }) => !current)
    expect((await home.fetch(`/api/sessions/${there?.id}`, { method: 'DELETE' })).status).toBe(200)
    expect(await answersToOthers(platform, id)).toEqual(NOT_FOUND)
    expect((await buyer.post(`/api/checkouts/${id}/enter`, {})).status).toBe(404)
    expect(await t.admin(`select "browserHash" from checkout_sessions where id = $1`, [id])).toEqual([{ browserHash: null }])
  })

  test('opens to nobody once its buyer has signed out, a copy of their cookies included', async () => {
    const { buyer, id } = await bought(platform, `left-${platform}@people.test`.toLowerCase())
    const copy = copyOf(buyer)
    expect((await buyer.post('/api/sign-out', {})).status).toBe(200)
    expect(await answersToOthers(platform, id)).toEqual(NOT_FOUND)
    expect((await copy.get(`/api/checkouts/${id}`)).status).toBe(404)
    expect((await copy.post(`/api/checkouts/${id}/enter`, {})).status).toBe(404)
  })
})

describe.each(['STAM', 'WEOKTO'] as const)('a checkout that is not paid yet, on %s', (platform) => {
  async function reviewed(email: string) {
    const offer = await makeOffer(t.db, { community: { platform } })
    const buyer = await signIn(site, visit(platform), email)
    const { id } = await startCheckout(buyer, { buttonKey: offer.button.buttonKey })
    await typeCard(buyer, id, '4242424242424242')
    return { buyer, review: await untilStep(buyer, id, ['REVIEW']) }
  }

  test('leads nobody back in whose session was ended from another browser', async () => {
    const email = `unpaid-${platform}@people.test`.toLowerCase()
    const { buyer, review } = await reviewed(email)
    const home = await signIn(site, visit(platform), email)
    const there = (await sessionsOf(home)).find(({ current }) => !current)
    expect((await home.fetch(`/api/sessions/${there?.id}`, { method: 'DELETE' })).status).toBe(200)
    expect((await order(buyer, review)).status).toBe(404)
    expect((await buyer.post(`/api/checkouts/${review.id}/enter`, {})).status).toBe(404)
    expect(await (await buyer.get('/api/me')).json()).toMatchObject({ user: null })
  })

  test('goes on in the browser that ended another one’s session', async () => {
    const email = `goes-on-${platform}@people.test`.toLowerCase()
    const { buyer, review } = await reviewed(email)
    await signIn(site, visit(platform), email)
    const there = (await sessionsOf(buyer)).find(({ current }) => !current)
    expect((await buyer.fetch(`/api/sessions/${there?.id}`, { method: 'DELETE' })).status).toBe(200)
    expect((await order(buyer, review)).status).toBe(202)
    await untilStep(buyer, review.id, ['PAID'])
    expect((await buyer.post(`/api/checkouts/${review.id}/enter`, {})).status).toBe(200)
  })
})

test('a mailed link whose row names no browser is not taken for one of a browser that names itself nobody', async () => {
  const email = 'no-browser@people.test'
  await t.admin(`alter table magic_link_tokens drop constraint magic_link_tokens_browser_is_hash`)
  const asker = site.stam()
  await asker.post('/api/sign-in', { email })
  await site.services.runtime.settled()
  const token = /#token=([\w-]+)/.exec(site.mailbox.mails.list(email)[0]?.html ?? '')?.[1] ?? ''
  await t.admin(`update magic_link_tokens set "browserHash" = '' where email = $1`, [email])
  for (const cookie of Object.values(COOKIES)) {
    const other = site.stam()
    if (cookie !== undefined) other.cookies.set('signin', cookie)
    expect((await other.post('/api/sign-in/confirm', { token })).status).toBe(403)
  }
})
