import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import type { Person } from '#dev/http-client.ts'
import { unaskedAddress } from '#dev/testing/addresses.ts'
import { beginCheckout, mailedCode, order, startCheckout, typeCard, untilStep } from '#dev/testing/buy.ts'
import { signIn } from '#dev/testing/mails.ts'
import { makeClient, makeOffer, makePerson } from '#dev/testing/people.ts'
import { startSite, type Site } from '#dev/testing/site.ts'
import { whileItWaits } from '#dev/testing/waiting-on-lock.ts'

const GOOD = '4242424242424242'

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

async function refusal(answer: Promise<{ status: number; json(): Promise<unknown> }>): Promise<string> {
  const got = await answer
  const body = (await got.json()) as { error?: { code: string } }
  return `${got.status} ${body.error?.code ?? ''}`.trim()
}

const ban = (email: string, table = 'stam_users') => t.admin(`update ${table} set "bannedAt" = now() where email = $1`, [email])
const attempts = (id: string) => t.admin(`select id from payment_attempts where "checkoutSessionId" = $1`, [id])

async function reviewed(buyer: Person, values: { buttonKey: string; email?: string }) {
  const { id } = await startCheckout(buyer, values)
  await typeCard(buyer, id, GOOD)
  return untilStep(buyer, id, ['REVIEW'])
}

test('a stranger is answered as for any known address; whoever proves it is refused, before a card is typed', async () => {
  const { button } = await makeOffer(t.db)
  const banned = await makeClient(t.db, { bannedAt: new Date() })
  const known = await makeClient(t.db)
  const buyer = site.stam()
  const { buttonKey } = button
  const checkout = await beginCheckout(buyer, { buttonKey, email: banned.email })
  const other = await beginCheckout(site.stam(), { buttonKey, email: known.email })
  // What differs between any two checkouts.
  const { id, email, expiresAt, summary } = checkout
  expect({ ...other, id, email, expiresAt, summary }).toEqual(checkout)
  const code = await mailedCode(buyer, checkout)
  expect(await refusal(buyer.post(`/api/checkouts/${checkout.id}/code`, { code }))).toBe('403 banned')
  expect(await refusal(buyer.post(`/api/checkouts/${checkout.id}/capture`, {}))).toBe('403 email_not_proven')
})

test.each(['stam_users', 'weokto_users'])('a guild is not sold to somebody banned in %s', async (table) => {
  const { button } = await makeOffer(t.db, { community: { platform: 'WEOKTO' } })
  const { buttonKey } = button
  const email = `guild-${table}@people.test`.replace('_', '-')
  await makePerson(t.db, { email })
  await makeClient(t.db, { email })
  const member = await signIn(site, site.weokto(), email)
  const review = await reviewed(member, { buttonKey })
  await ban(email, table)
  expect(await refusal(order(member, review))).toBe('403 banned')
  expect(await attempts(review.id)).toEqual([])
  // Signed in, the address is proven already; an account that is banned itself is no longer signed in and proves it by the code.
  if (table === 'stam_users') expect(await refusal(member.post('/api/checkouts', { buttonKey, country: 'FR' }))).toBe('403 banned')
  const again = site.weokto()
  const begun = await beginCheckout(again, { buttonKey, email })
  expect(await refusal(again.post(`/api/checkouts/${begun.id}/code`, { code: await mailedCode(again, begun) }))).toBe('403 banned')
})

test('somebody banned while they read the order is not charged, and a stranger is not told', async () => {
  const { button } = await makeOffer(t.db)
  const email = await unaskedAddress('while-reading', site.services.config.CODE_SECRET)
  const stranger = site.stam()
  const review = await reviewed(stranger, { buttonKey: button.buttonKey, email })
  await ban(email)
  expect(await refusal(order(stranger, review))).toBe('403 email_not_proven')
  expect(await attempts(review.id)).toEqual([])
})

test('a ban that comes between the reading and the writing of an order stops it', async () => {
  const { button } = await makeOffer(t.db)
  const email = 'banned-meanwhile@people.test'
  const buyer = await signIn(site, site.stam(), email)
  const review = await reviewed(buyer, { buttonKey: button.buttonKey })
  const rows = `select from invoices where "checkoutSessionId" = '${review.id}'`
  const answer = await whileItWaits(
    t,
    rows,
    () => refusal(order(buyer, review)),
    () => ban(email),
  )
  expect(answer).toBe('403 banned')
  expect(await attempts(review.id)).toEqual([])
})
