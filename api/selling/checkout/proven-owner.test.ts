import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#db/id.ts'
import { communityMembers } from '#db/schema/all.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { runCron } from '#api/cron.ts'
import { Person } from '#dev/http-client.ts'
import { unaskedAddress } from '#dev/testing/addresses.ts'
import { beginCheckout, buy, mailedCode, order, readCheckout, startCheckout, typeCard, untilStep } from '#dev/testing/buy.ts'
import { signIn } from '#dev/testing/mails.ts'
import { makeClient, makeCommunity, makeOffer, makePerson } from '#dev/testing/people.ts'
import { startSite, type Site } from '#dev/testing/site.ts'
import { whileItWaits } from '#dev/testing/waiting-on-lock.ts'

const GOOD = '4242424242424242'
const REFUSED = '4000000000000002'
const ASKS_BANK = '4000002500003155'

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

const fresh = (name: string) => unaskedAddress(name, site.services.config.CODE_SECRET)
const buttonKey = async () => (await makeOffer(t.db)).button.buttonKey
const userOf = async (person: Person) => ((await (await person.get('/api/me')).json()) as { user: object | null }).user

async function refusal(answer: Promise<{ status: number; json(): Promise<unknown> }>): Promise<string> {
  const got = await answer
  const body = (await got.json()) as { error?: { code: string } }
  return `${got.status} ${body.error?.code ?? ''}`.trim()
}

const enter = (buyer: Person, id: string) => refusal(buyer.post(`/api/checkouts/${id}/enter`, {}))
const look = (buyer: Person, id: string) => refusal(buyer.get(`/api/checkouts/${id}`))

async function reviewed(buyer: Person, email: string, card = GOOD) {
  const { id } = await startCheckout(buyer, { buttonKey: await buttonKey(), email })
  await typeCard(buyer, id, card)
  return untilStep(buyer, id, ['REVIEW'])
}

/** Types the code that this checkout is mailed on request. */
async function proveLate(buyer: Person, id: string): Promise<void> {
  expect((await buyer.post(`/api/checkouts/${id}/code-mail`, {})).status).toBe(202)
  const { email } = await readCheckout(buyer, id)
  expect((await buyer.post(`/api/checkouts/${id}/code`, { code: await mailedCode(buyer, { id, email }) })).status).toBe(200)
}

const PROOFS: Record<string, (email: string) => Promise<unknown>> = {
  'signing in on STAM': (email) => signIn(site, site.stam(), email),
  'signing in on WEOKTO': (email) => signIn(site, site.weokto(), email),
  'the code of a checkout': async (email) => startCheckout(site.stam(), { buttonKey: await buttonKey(), email }),
}

describe.each(Object.entries(PROOFS))('once the owner of an address has proven it by %s', (way, prove) => {
  test('whoever bought under it is out, is not let in again, and loses the checkouts that were left open', async () => {
    const email = await fresh(`taken-${way.replaceAll(' ', '-')}`.toLowerCase())
    const intruder = site.stam()
    const typing = await startCheckout(intruder, { buttonKey: await buttonKey(), email })
    const waiting = await reviewed(intruder, email)
    const paid = await buy(intruder, { buttonKey: await buttonKey(), email })
    expect(await enter(intruder, paid.id)).toBe('200')
    expect(await userOf(intruder)).toMatchObject({ emailUnconfirmed: true })

    await prove(email)
    expect(await userOf(intruder)).toBeNull()
    expect(await enter(intruder, paid.id)).toBe('403 email_not_proven')
    expect(await readCheckout(intruder, paid.id)).toMatchObject({ step: 'PAID', asksCode: true })
    expect([await look(intruder, typing.id), await look(intruder, waiting.id)]).toEqual(['404 not_found', '404 not_found'])
    expect(await refusal(order(intruder, waiting))).toBe('404 not_found')
    expect(await t.admin(`select state, "browserHash" from checkout_sessions where id in ($1, $2)`, [typing.id, waiting.id])).toEqual(
      Array.from({ length: 2 }, () => ({ state: 'EXPIRED', browserHash: null })),
    )
  })
})

test('an order that was under way stays bookable, and opens nothing until the code is typed', async () => {
  const email = await fresh('under-way')
  const buyer = site.stam()
  const review = await reviewed(buyer, email)
  site.vault.faults.arm({ fault: 'webhook_lost' })
  site.processor.faults.arm({ fault: 'webhook_lost', times: 5 })
  expect((await order(buyer, review)).status).toBe(202)
  await signIn(site, site.stam(), email)
  await site.cron('*/5 * * * *', new Date(Date.now() + 6 * 60_000))
  expect(await untilStep(buyer, review.id, ['PAID'])).toMatchObject({ asksCode: true })
  expect(await enter(buyer, review.id)).toBe('403 email_not_proven')

  await proveLate(buyer, review.id)
  expect(await readCheckout(buyer, review.id)).toMatchObject({ step: 'PAID', asksCode: false })
  expect(await enter(buyer, review.id)).toBe('200')
  expect(await userOf(buyer)).toMatchObject({ email, emailUnconfirmed: false })
})

test('what a stranger left at the bank does not keep the owner from buying once they have proven the address', async () => {
  const email = await fresh('bank-page')
  const key = await buttonKey()
  const stranger = site.stam()
  const { id } = await startCheckout(stranger, { buttonKey: key, email })
  await typeCard(stranger, id, ASKS_BANK)
  expect((await order(stranger, await untilStep(stranger, id, ['REVIEW']))).status).toBe(202)
  await untilStep(stranger, id, ['BANK'])
  const owner = await signIn(site, site.stam(), email)
  const mine = await startCheckout(owner, { buttonKey: key })
  await typeCard(owner, mine.id, GOOD)
  const review = await untilStep(owner, mine.id, ['REVIEW'])
  expect(await refusal(order(owner, review))).toBe('409 payment_in_progress')
  await runCron(site.services, '*/5 * * * *', new Date())
  expect((await order(owner, review)).status).toBe(202)
  await untilStep(owner, mine.id, ['PAID'])
})

test('who has proven nothing does not learn that the address has bought meanwhile', async () => {
  const email = await fresh('bought-elsewhere')
  const key = await buttonKey()
  const stranger = site.stam()
  const { id } = await startCheckout(stranger, { buttonKey: key, email })
  await typeCard(stranger, id, GOOD)
  const review = await untilStep(stranger, id, ['REVIEW'])
  await buy(site.stam(), { buttonKey: key, email })
  expect(await refusal(order(stranger, review))).toBe('403 email_not_proven')
  expect((await readCheckout(stranger, id)).asksCode).toBe(true)
})

test('a refused order is tried again only with the code, of which five guesses are borne', async () => {
  const email = await fresh('refused')
  const buyer = site.stam()
  const review = await reviewed(buyer, email, REFUSED)
  expect((await order(buyer, review)).status).toBe(202)
  await untilStep(buyer, review.id, ['DECLINED'])
  await signIn(site, site.weokto(), email)
  await untilStep(buyer, review.id, ['DECLINED'])
  expect(await refusal(order(buyer, review))).toBe('403 email_not_proven')
  expect(await t.admin(`select count(*)::int as n from payment_attempts where "checkoutSessionId" = $1`, [review.id])).toEqual([{ n: 1 }])

  expect((await buyer.post(`/api/checkouts/${review.id}/code-mail`, {})).status).toBe(202)
  const code = await mailedCode(buyer, { id: review.id, email })
  const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0')
  for (let n = 0; n < 5; n++) expect(await refusal(buyer.post(`/api/checkouts/${review.id}/code`, { code: wrong }))).toBe('422 code_wrong')
  expect(await refusal(buyer.post(`/api/checkouts/${review.id}/code`, { code }))).toBe('410 link_expired')
  await site.services.runtime.settled()
  site.mailbox.mails.empty()
  await proveLate(buyer, review.id)
  expect(await refusal(order(buyer, review))).toBe('202')
})

test('what a browser has begun goes on when it proves the address itself', async () => {
  const email = await fresh('own-proof')
  const buyer = site.stam()
  const review = await reviewed(buyer, email)
  await signIn(site, buyer, email)
  expect(await readCheckout(buyer, review.id)).toMatchObject({ step: 'REVIEW', asksCode: false })
  expect(await refusal(order(buyer, review))).toBe('202')
  await untilStep(buyer, review.id, ['PAID'])
  expect(await enter(buyer, review.id)).toBe('200')
  expect(await userOf(buyer)).toMatchObject({ email, emailUnconfirmed: false })
})

test('a proof that comes between the reading and the writing of an order stops it', async () => {
  const email = await fresh('overtaken')
  const buyer = site.stam()
  const review = await reviewed(buyer, email)
  const answer = await whileItWaits(
    t,
    `select from invoices where "checkoutSessionId" = '${review.id}'`,
    () => refusal(order(buyer, review)),
    () => t.admin(`update stam_users set "emailVerifiedAt" = now() where email = $1`, [email]),
  )
  expect(answer).toBe('403 email_not_proven')
  expect(await t.admin(`select count(*)::int as n from payment_attempts where "checkoutSessionId" = $1`, [review.id])).toEqual([{ n: 0 }])
})

const UNCONFIRMED = { emailVerifiedAt: null }
const session = (userId: string) =>
  t.admin(
    `insert into stam_sessions (id, "userId", token, "expiresAt", "createdAt", "lastSeenAt", "authenticatedAt") values ($1, $2, $3, now() + interval '1 day', now(), now(), now())`,
    [newId(), userId, 'a'.repeat(64)],
  )
const member = async (userId: string, email: string) => {
  const { id: communityId } = await makeCommunity(t.db)
  const row = { id: newId(), communityId, platform: 'STAM' as const, stamUserId: userId, email, updatedAt: new Date() }
  await t.db.insert(communityMembers).values(row)
}

const TRACES: Record<string, (email: string) => Promise<unknown>> = {
  'a confirmation': (email) => makeClient(t.db, { email }),
  'an earlier login': (email) => makeClient(t.db, { email, ...UNCONFIRMED, lastLoginAt: new Date() }),
  'a session': async (email) => session((await makeClient(t.db, { email, ...UNCONFIRMED })).id),
  'a free membership': async (email) => member((await makeClient(t.db, { email, ...UNCONFIRMED })).id, email),
  'an account of the other site': (email) => makePerson(t.db, { email, ...UNCONFIRMED }),
  'a purchase': async (email) => buy(site.stam(), { buttonKey: await buttonKey(), email }),
}

test.each(Object.entries(TRACES))('an address is known by %s, and asked for its code', async (trace, leave) => {
  const email = await fresh(`known-by-${trace.replaceAll(' ', '-')}`)
  await leave(email)
  expect(await beginCheckout(site.stam(), { buttonKey: await buttonKey(), email })).toMatchObject({ step: 'IDENTIFY' })
})
