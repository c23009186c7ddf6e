import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { expectBooksBalanced } from '#db/ledger/verify.ts'
import { weoktoSessions } from '#db/schema/all.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { truncateIp } from '#api/client.ts'
import type { Client } from '#api/context.ts'
import { newSession } from '#api/identity/session/new-session.ts'
import { order, typeCard, untilStep } from '#dev/testing/buy.ts'
import { makeAffiliate, makeCommunity, makeLink, makeOffer } from '#dev/testing/people.ts'
import { testContext } from '#dev/testing/services.ts'
import { signedInClient } from '#dev/testing/signed-in.ts'
import { startSite, type Site } from '#dev/testing/site.ts'

const OWN = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) AppleWebKit/605.1.15 Version/19.0 Safari/605.1.15'
const OTHER = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Firefox/143.0'
const HOUR = 3_600_000

let t: TestDatabase
let site: Site

beforeAll(async () => {
  t = await testDatabase()
  site = await startSite(t)
})
afterEach(async () => {
  await expectBooksBalanced(t.admin)
})
afterAll(async () => {
  await site.stop()
  await t.close()
})

/** An affiliate whose session in this browser was last used at `at`. */
async function seenAt(at: Date, userAgent: string) {
  const guild = await makeCommunity(t.db, { platform: 'WEOKTO' })
  const affiliate = await makeAffiliate(t.db, {}, { currentGuildId: guild.id })
  const client: Client = { ip: truncateIp('203.0.113.7'), userAgent, country: 'FR', city: 'Lyon' }
  const { token, row } = await newSession({ ...testContext(site.services, at), client }, affiliate.id)
  const { scopeCustomerId: _, ...columns } = row
  await t.db.insert(weoktoSessions).values(columns)
  const person = site.weokto()
  person.cookies.set('session', token)
  return { affiliate, person }
}

/** Buys through the affiliate's link in this browser, on the other site, and tells why the commission is held. */
async function heldWhenBoughtWith(affiliateId: string, userAgent: string): Promise<string[]> {
  const headers = { 'user-agent': userAgent }
  const offer = await makeOffer(t.db)
  const link = await makeLink(t.db, { affiliateId, productId: offer.product.id })
  const { buyer } = await signedInClient(t.db, site)
  const clicked = await buyer.get(`/r/${link.code}`, { headers })
  const ck = new URL(clicked.headers.get('location') ?? '').searchParams.get('ck') ?? ''
  const started = await buyer.post('/api/checkouts', { country: 'FR', buttonKey: offer.button.buttonKey, ck }, { headers })
  const { id } = (await started.json()) as { id: string }
  await typeCard(buyer, id, '4242424242424242')
  await order(buyer, await untilStep(buyer, id, ['REVIEW']))
  await untilStep(buyer, id, ['PAID'])
  const [commission] = await t.admin<{ heldReasons: string[] }>(
    `select "heldReasons" from affiliate_commissions where "affiliateId" = $1`,
    [affiliateId],
  )
  // The one accepted card of the stand-in serves every buyer here.
  return (commission?.heldReasons ?? []).filter((reason) => reason !== 'same_card')
}

test('an own purchase is looked at after signing out, too', async () => {
  const { affiliate, person } = await seenAt(new Date(Date.now() - 2 * HOUR), OWN)
  expect((await person.get('/api/me', { headers: { 'user-agent': OWN } })).status).toBe(200)
  await site.services.runtime.settled()
  expect((await person.post('/api/sign-out', {}, { headers: { 'user-agent': OWN } })).status).toBeLessThan(300)
  expect(await t.admin(`select 1 from weokto_sessions where "userId" = $1`, [affiliate.id])).toEqual([])
  expect(await heldWhenBoughtWith(affiliate.id, OWN)).toEqual(['own_device'])
})

test('midnight in UTC makes it no other device', async () => {
  const yesterday = new Date(new Date().setUTCHours(0, 0, 0, 0) - 1000)
  const { affiliate } = await seenAt(yesterday, OWN)
  expect(await heldWhenBoughtWith(affiliate.id, OWN)).toEqual(['own_device'])
})

test('another browser of the same network is another person’s, and a day later nobody remembers', async () => {
  const { affiliate } = await seenAt(new Date(Date.now() - HOUR), OWN)
  expect(await heldWhenBoughtWith(affiliate.id, OTHER)).toEqual([])
  const { affiliate: gone } = await seenAt(new Date(Date.now() - 25 * HOUR), OTHER)
  expect(await heldWhenBoughtWith(gone.id, OTHER)).toEqual([])
})

test('marks are kept for three days', async () => {
  const { affiliate } = await seenAt(new Date(Date.now() - 73 * HOUR), OWN)
  const { affiliate: recent } = await seenAt(new Date(Date.now() - 71 * HOUR), OWN)
  await site.cron('15 3 * * *', new Date())
  const left = await t.admin<{ id: string }>(`select "affiliateId" as id from affiliate_visitor_marks where "affiliateId" = any($1)`, [
    [affiliate.id, recent.id],
  ])
  expect(left).toEqual([{ id: recent.id }])
})
