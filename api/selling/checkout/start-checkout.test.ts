import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { newId } from '#db/id.ts'
import { stamSessions } from '#db/schema/all.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { randomToken, sha256Hex } from '#api/crypto.ts'
import { startCheckout } from '#dev/testing/buy.ts'
import { makeAffiliate, makeClient, makeLink, makeOffer, makeSale } from '#dev/testing/people.ts'
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

const BROWSER = { headers: { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Firefox/143.0' } }

async function click(code: string): Promise<string> {
  const answer = await site.stam().get(`/r/${code}`, BROWSER)
  return new URL(answer.headers.get('location') ?? '').searchParams.get('ck') ?? ''
}

test('the newest valid click token wins, whichever way each came', async () => {
  const offer = await makeOffer(t.db)
  const [older, newer] = await Promise.all([makeAffiliate(t.db), makeAffiliate(t.db)])
  const links = await Promise.all([older, newer].map(({ id }) => makeLink(t.db, { affiliateId: id, productId: offer.product.id })))
  const first = await click(links[0]?.code ?? '')
  // Tokens count in whole seconds.
  await new Promise((resolve) => setTimeout(resolve, 1_100))
  const second = await click(links[1]?.code ?? '')
  const cases = [
    { ck: first, cookie: second, affiliateId: newer.id },
    { ck: second, cookie: first, affiliateId: newer.id },
    { ck: 'eyJhbGciOiJub25lIn0.e30.', cookie: first, affiliateId: older.id },
  ]
  for (const [n, { ck, cookie, affiliateId }] of cases.entries()) {
    const buyer = site.stam()
    buyer.cookies.set('ck', cookie)
    const { id } = await startCheckout(buyer, { buttonKey: offer.button.buttonKey, email: `tokens-${n}@buyers.test`, ck })
    expect(await t.admin(`select attribution->>'affiliateId' as "affiliateId" from checkout_sessions where id = $1`, [id])).toEqual([
      { affiliateId },
    ])
  }
})

test('a button leads on to the own sites and nowhere else', async () => {
  const { STAM_ORIGIN } = site.services.config
  for (const [successUrl, shown] of [
    ['https://elsewhere.example/phish', null],
    ['//elsewhere.example', null],
    ['/welcome', '/welcome'],
    [`${STAM_ORIGIN}/welcome`, `${STAM_ORIGIN}/welcome`],
  ] as const) {
    const { button } = await makeOffer(t.db, { button: { successUrl, cancelUrl: successUrl } })
    expect(await (await site.stam().get(`/api/pay/${button.buttonKey}`)).json()).toMatchObject({ successUrl: shown, cancelUrl: shown })
  }
})

test('what one owns is told before anything is asked, to whoever is signed in and to nobody else', async () => {
  const [owner, other, offer] = await Promise.all([makeClient(t.db), makeClient(t.db), makeOffer(t.db)])
  const { button, product, plan, community } = offer
  const { customer } = await makeSale(t.db, { productId: product.id, planId: plan.id, stamUserId: owner.id, paidAt: new Date() })
  const [signedIn, limited, stranger] = [
    await visitorOf(owner.id),
    await visitorOf(owner.id, { scopeCustomerId: customer.id }),
    await visitorOf(other.id),
  ]
  for (const [person, isOwned] of [
    [signedIn, true],
    [limited, false],
    [stranger, false],
    [site.stam(), false],
  ] as const) {
    const answer = await (await person.get(`/api/pay/${button.buttonKey}`)).json()
    expect(answer).toMatchObject({ isOwned, community: { path: `/c/${community.slug}` } })
  }
})

/** Somebody with a session of their own, of one purchase only when it names one. */
async function visitorOf(userId: string, values: { scopeCustomerId?: string } = {}) {
  const [person, token, now] = [site.stam(), randomToken(), new Date()]
  const expiresAt = new Date(now.getTime() + 3_600_000)
  const stamps = { createdAt: now, authenticatedAt: now, lastSeenAt: now, expiresAt }
  await t.db.insert(stamSessions).values({ id: newId(), userId, token: await sha256Hex(token), ...stamps, ...values })
  person.cookies.set('session', token)
  return person
}

test('what breaks is logged by place, and nothing that was sent stands in the log', async () => {
  const { button } = await makeOffer(t.db)
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  // A statement that fails for a reason nobody foresaw.
  await t.admin(`alter table checkout_sessions rename to checkout_sessions_gone`)
  const answer = await site.stam().post('/api/checkouts', { buttonKey: button.buttonKey, country: 'FR', email: 'private@buyers.test' })
  await t.admin(`alter table checkout_sessions_gone rename to checkout_sessions`)
  const lines = log.mock.calls.flat().join('\n')
  log.mockRestore()
  expect(answer.status).toBe(500)
  expect(await answer.json()).toMatchObject({ error: { code: 'internal' } })
  expect(lines).toContain('"level":"error"')
  expect(lines).toContain('at ')
  expect(lines).not.toContain('private@buyers.test')
})
