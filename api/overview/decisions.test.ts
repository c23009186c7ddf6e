import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { newId } from '#db/id.ts'
import { expectBooksBalanced } from '#db/ledger/verify.ts'
import { weoktoSessions } from '#db/schema/all.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { randomToken, sha256Hex } from '#api/crypto.ts'
import { buy, order, readCheckout, startCheckout, typeCard, untilStep } from '#dev/testing/buy.ts'
import { deliverEvent, intentOf } from '#dev/testing/events.ts'
import { hold } from '#dev/testing/held.ts'
import { makeOffer, makePerson } from '#dev/testing/people.ts'
import { startSite, type Site } from '#dev/testing/site.ts'

const MINUTE_MS = 60_000

let t: TestDatabase
let site: Site

beforeAll(async () => {
  t = await testDatabase()
  site = await startSite(t)
})
afterEach(async () => {
  site.vault.faults.clear()
  site.processor.faults.clear()
  await expectBooksBalanced(t.admin)
})
afterAll(async () => {
  await site.stop()
  await t.close()
})

/** Somebody of this role in a browser, who proved who they are so many minutes ago. */
async function signedIn(userType: 'OWNER' | 'ADMIN', minutesAgo = 1) {
  const { id: userId } = await makePerson(t.db, { userType })
  const token = randomToken()
  const at = new Date(Date.now() - minutesAgo * MINUTE_MS)
  await t.db.insert(weoktoSessions).values({
    id: newId(),
    userId,
    token: await sha256Hex(token),
    createdAt: at,
    lastSeenAt: at,
    authenticatedAt: at,
    expiresAt: new Date(Date.now() + 86_400_000),
  })
  const person = site.weokto()
  person.cookies.set('session', token)
  return { person, userId }
}

type Person = Awaited<ReturnType<typeof signedIn>>['person']
type Decision = { what: string; id: string; kind: string; state?: string; processorId: string | null }
type Page = { rows: Decision[]; total: number }

async function decisions(person: Person) {
  const answer = await person.get('/api/admin/overview')
  expect(answer.status).toBe(200)
  const { rows, total } = ((await answer.json()) as { decisions: Page }).decisions
  const of = (what: string) =>
    rows
      .filter((row) => row.what === what)
      .map((row) => Object.fromEntries(Object.entries(row).filter(([key]) => key !== 'what')) as Omit<Decision, 'what'>)
  return { discrepancies: of('discrepancy'), moneyBack: of('money-back'), total }
}

async function decisionsPage(person: Person, page: number): Promise<Page> {
  const answer = await person.get(`/api/admin/decisions?page=${page}&size=50`)
  expect(answer.status).toBe(200)
  return (await answer.json()) as Page
}

/** A sale, and what the processor says of a refund or a dispute of it. */
async function soldTo(email: string) {
  const { button } = await makeOffer(t.db)
  const { id } = await buy(site.stam(), { buttonKey: button.buttonKey, email })
  const [attempt] = await t.admin<{ processorId: string }>(`select "processorId" from payment_attempts where "checkoutSessionId" = $1`, [
    id,
  ])
  const payment_intent = attempt?.processorId ?? ''
  const about = { payment_intent, currency: 'eur', reason: 'fraudulent' }
  return {
    payment_intent,
    about,
    refund: (name: string, status = 'succeeded') => ({ ...about, id: name, object: 'refund', amount: 1000, status, metadata: {} }),
    dispute: (name: string, status = 'needs_response') => ({ ...about, id: name, object: 'dispute', amount: 4900, status }),
  }
}

/** An order whose charge went through at the processor and of which nobody has told us. */
async function unheard(email: string) {
  const offer = await makeOffer(t.db)
  const buyer = site.stam()
  const { id: checkoutId } = await startCheckout(buyer, { buttonKey: offer.button.buttonKey, email })
  await typeCard(buyer, checkoutId, '4242424242424242')
  const review = await untilStep(buyer, checkoutId, ['REVIEW'])
  site.vault.faults.arm({ fault: 'webhook_lost', match: 'charge' })
  site.processor.faults.arm({ fault: 'webhook_lost', times: 9 })
  expect((await order(buyer, review)).status).toBe(202)
  const [attempt] = await t.admin<{ id: string }>(`select id from payment_attempts where "checkoutSessionId" = $1`, [checkoutId])
  const attemptId = attempt?.id ?? ''
  await expect
    .poll(() => [...site.processor.shop.books.intents.values()].some(({ intent }) => intent.metadata['attemptId'] === attemptId))
    .toBe(true)
  site.processor.faults.clear()
  const intent = intentOf(site, attemptId)
  const tell = () => deliverEvent(site, { type: 'payment_intent.succeeded', object: intent })
  return { buyer, offer, checkoutId, attemptId, intent, tell }
}

const resolve = (person: Person, id: string, reason = 'Remboursé chez le processeur') =>
  person.post(`/api/admin/discrepancies/${id}/resolve`, { reason })
const resolveBack = (person: Person, id: string, reason = 'Répondu chez le processeur') =>
  person.post(`/api/admin/money-back/${id}/resolve`, { reason })

test('money that buys nothing waits for the owner with all it takes to deal with it, until they say how they did', async () => {
  const { person, userId } = await signedIn('OWNER')
  expect(await decisions(person)).toEqual({ discrepancies: [], moneyBack: [], total: 0 })
  const sale = await unheard('twice@buyers.test')
  await t.admin(`update customers set status = 'ACTIVE' where "productId" = $1`, [sale.offer.product.id])
  expect(await sale.tell()).toMatchObject({ body: { outcome: 'paid_twice' } })
  expect((await decisions(person)).discrepancies).toEqual([
    {
      id: sale.attemptId,
      kind: 'paid_twice',
      why: null,
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      askedCents: 4900,
      saidCents: 4900,
      processorId: sale.intent.id,
      invoiceNumber: null,
      buyerEmail: 'twice@buyers.test',
      productName: sale.offer.product.name,
    },
  ])

  const { person: admin } = await signedIn('ADMIN')
  expect([(await admin.get('/api/admin/overview')).status, (await resolve(admin, sale.attemptId)).status]).toEqual([403, 403])
  const stale = await resolve((await signedIn('OWNER', 16)).person, sale.attemptId)
  expect([stale.status, await stale.json()]).toMatchObject([401, { error: { code: 'fresh_sign_in_required' } }])
  expect((await resolve(person, sale.attemptId, ' ')).status).toBe(422)
  expect((await decisions(person)).discrepancies).toHaveLength(1)

  expect((await resolve(person, sale.attemptId)).status).toBe(200)
  expect((await decisions(person)).discrepancies).toEqual([])
  expect((await resolve(person, sale.attemptId)).status).toBe(409)
  expect((await resolve(person, newId())).status).toBe(404)
  expect(
    await t.admin(
      `select "actorId", "actorRole", reason from audit_log where action = 'payment.discrepancy_resolved' and "targetId" = $1`,
      [sale.attemptId],
    ),
  ).toEqual([{ actorId: userId, actorRole: 'OWNER', reason: 'Remboursé chez le processeur' }])
  expect(await readCheckout(sale.buyer, sale.checkoutId)).toMatchObject({ step: 'GIVE_BACK', astray: { resolvedAt: expect.any(String) } })
})

test('money that does not match holds its order up until the owner has dealt with it; then the buyer may order anew', async () => {
  const { person } = await signedIn('OWNER')
  const sale = await unheard('other@buyers.test')
  sale.intent.amount_received = 490
  expect(await sale.tell()).toMatchObject({ body: { outcome: 'mismatch' } })
  const waiting = (await decisions(person)).discrepancies
  expect(waiting).toMatchObject([
    { id: sale.attemptId, kind: 'mismatch', why: 'amount', saidCents: 490, askedCents: 4900, processorId: sale.intent.id },
  ])
  expect((await readCheckout(sale.buyer, sale.checkoutId)).step).toBe('UNCERTAIN')
  expect((await resolve(person, sale.attemptId)).status).toBe(200)
  expect(await readCheckout(sale.buyer, sale.checkoutId)).toMatchObject({
    step: 'GIVE_BACK',
    astray: { amountCents: null, opens: 'nothing', resolvedAt: expect.any(String) },
  })
  const again = await buy(site.stam(), { buttonKey: sale.offer.button.buttonKey, email: 'other@buyers.test' })
  expect(again.step).toBe('PAID')

  // Should what was asked for still come, it is no order any more, and that is told.
  sale.intent.amount_received = 4900
  expect(await sale.tell()).toMatchObject({ body: { outcome: 'paid_twice' } })
  expect((await decisions(person)).discrepancies).toMatchObject([{ id: sale.attemptId, kind: 'paid_twice', saidCents: 4900 }])
  await resolve(person, sale.attemptId)
})

test('refunds and disputes that began elsewhere are shown with what they are about, and none that is not ours', async () => {
  const { person } = await signedIn('OWNER')
  const { button, product } = await makeOffer(t.db)
  const { id, invoiceNumber } = await buy(site.stam(), { buttonKey: button.buttonKey, email: 'back@buyers.test' })
  const [attempt] = await t.admin<{ processorId: string }>(`select "processorId" from payment_attempts where "checkoutSessionId" = $1`, [
    id,
  ])
  const payment_intent = attempt?.processorId ?? ''
  const about = { payment_intent, currency: 'eur', reason: 'fraudulent' }
  const refund = (status: string) => ({ ...about, id: 're_1', object: 'refund', amount: 1000, status, metadata: {} })
  const dispute = (status: string) => ({ ...about, id: 'dp_1', object: 'dispute', amount: 4900, status })
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 24, 10, minute))
  // Late ones come after newer ones, and the newest is what is shown.
  await deliverEvent(site, { type: 'refund.updated', object: refund('succeeded'), created: at(5) })
  await deliverEvent(site, { type: 'refund.created', object: refund('pending'), created: at(1) })
  await deliverEvent(site, {
    type: 'charge.refunded',
    object: { ...about, id: 'ch_1', object: 'charge', amount: 4900, amount_refunded: 1000 },
    created: at(2),
  })
  await deliverEvent(site, { type: 'charge.dispute.created', object: dispute('needs_response'), created: at(10) })
  await deliverEvent(site, { type: 'refund.created', object: { ...refund('succeeded'), id: 're_2', payment_intent: 'pi_elsewhere' } })
  await deliverEvent(site, { type: 'charge.dispute.closed', object: { shape: 'new' } })
  const ours = { processorId: payment_intent, buyerEmail: 'back@buyers.test', productName: product.name, invoiceNumber }
  const { moneyBack } = await decisions(person)
  expect(moneyBack).toHaveLength(3)
  expect(moneyBack).toEqual(
    expect.arrayContaining([
      { id: expect.any(String), kind: 'refund', state: 'succeeded', amountCents: 1000, at: at(5).toISOString(), ...ours },
      { id: expect.any(String), kind: 'dispute', state: 'opened', amountCents: 4900, at: at(10).toISOString(), ...ours },
      expect.objectContaining({ kind: 'unreadable', state: null, amountCents: null, processorId: null, buyerEmail: null }),
    ]),
  )
})

test('a refund whose payment becomes ours only later is shown from then on', async () => {
  const { person } = await signedIn('OWNER')
  const sale = await unheard('later@buyers.test')
  const refund = {
    id: 're_later',
    object: 'refund',
    payment_intent: sale.intent.id,
    amount: 4900,
    currency: 'eur',
    status: 'succeeded',
    metadata: {},
  }
  expect(await deliverEvent(site, { type: 'refund.created', object: refund })).toMatchObject({ body: { outcome: 'foreign' } })
  const shown = async () => (await decisions(person)).moneyBack.filter(({ processorId }) => processorId === sale.intent.id)
  expect(await shown()).toEqual([])
  await sale.tell()
  expect(await shown()).toMatchObject([{ kind: 'refund', amountCents: 4900, buyerEmail: 'later@buyers.test' }])
})

/** What is shown of one payment. */
const backOf = async (person: Person, payment: string) =>
  (await decisions(person)).moneyBack.filter(({ processorId }) => processorId === payment)
const at = (minute: number) => new Date(Date.UTC(2026, 10, 24, 11, minute))

test('a refund and a dispute wait until the owner has dealt with them, once, with a reason and a fresh sign-in', async () => {
  const { person, userId } = await signedIn('OWNER')
  const sale = await soldTo('dealt@buyers.test')
  await deliverEvent(site, { type: 'refund.created', object: sale.refund('re_dealt', 'pending'), created: at(1) })
  await deliverEvent(site, {
    type: 'charge.refunded',
    object: { ...sale.about, id: 'ch_dealt', object: 'charge', amount: 4900, amount_refunded: 1000 },
    created: at(1),
  })
  await deliverEvent(site, { type: 'refund.updated', object: sale.refund('re_dealt'), created: at(2) })
  await deliverEvent(site, { type: 'charge.dispute.created', object: sale.dispute('dp_dealt'), created: at(3) })
  const [dispute, refund] = await backOf(person, sale.payment_intent)
  expect([dispute, refund]).toMatchObject([{ kind: 'dispute' }, { kind: 'refund', state: 'succeeded' }])
  const [disputeId, refundId] = [dispute?.id ?? '', refund?.id ?? '']

  expect((await resolveBack((await signedIn('ADMIN')).person, refundId)).status).toBe(403)
  const stale = await resolveBack((await signedIn('OWNER', 16)).person, refundId)
  expect([stale.status, await stale.json()]).toMatchObject([401, { error: { code: 'fresh_sign_in_required' } }])
  expect((await resolveBack(person, refundId, ' ')).status).toBe(422)
  expect(await backOf(person, sale.payment_intent)).toHaveLength(2)

  const pressed = await Promise.all([1, 2, 3].map(async () => (await resolveBack(person, refundId)).status))
  expect(pressed.toSorted((a, b) => a - b)).toEqual([200, 409, 409])
  expect(await backOf(person, sale.payment_intent)).toMatchObject([{ kind: 'dispute', state: 'opened' }])
  expect((await resolveBack(person, newId())).status).toBe(404)
  expect(
    await t.admin(
      `select "actorId", "actorRole", reason, before ->> 'eventType' as type from audit_log where action = 'payment.money_back_resolved' and "targetId" = $1`,
      [refundId],
    ),
  ).toEqual([{ actorId: userId, actorRole: 'OWNER', reason: 'Répondu chez le processeur', type: 'refund.updated' }])
  // Nothing of it is left to wait: neither the older message nor the one that tells of the same refund in the other way.
  expect(
    await t.admin(`select "eventType" from webhook_inbox where "processorId" = $1 and "handledAt" is null and payload is not null`, [
      sale.payment_intent,
    ]),
  ).toEqual([{ eventType: 'charge.dispute.created' }])

  // What comes late and is older says nothing new; what is newer is shown again.
  expect((await resolveBack(person, disputeId)).status).toBe(200)
  await deliverEvent(site, { type: 'charge.dispute.updated', object: sale.dispute('dp_dealt'), created: at(2) })
  expect(await backOf(person, sale.payment_intent)).toEqual([])
  await deliverEvent(site, { type: 'charge.dispute.closed', object: sale.dispute('dp_dealt', 'lost'), created: at(9) })
  const [closed] = await backOf(person, sale.payment_intent)
  expect(closed).toMatchObject({ kind: 'dispute', state: 'lost' })
  expect((await resolveBack(person, closed?.id ?? '')).status).toBe(200)
})

test('what another business gave back is nobody’s to deal with here', async () => {
  const { person } = await signedIn('OWNER')
  const id = `evt_${newId()}`
  const object = { id: 're_foreign', payment_intent: 'pi_foreign', amount: 500, currency: 'eur', status: 'succeeded', metadata: {} }
  await deliverEvent(site, { type: 'refund.created', object, id })
  const [row] = await t.admin<{ id: string }>(`select id from webhook_inbox where "eventId" = $1`, [id])
  expect((await resolveBack(person, row?.id ?? '')).status).toBe(404)
})

test('an open dispute stands before however many refunds, and no line is out of reach', async () => {
  const { person } = await signedIn('OWNER')
  const sale = await soldTo('many@buyers.test')
  for (let n = 0; n < 55; n++) await deliverEvent(site, { type: 'refund.created', object: sale.refund(`re_many_${n}`), created: at(n) })
  await deliverEvent(site, { type: 'charge.dispute.closed', object: sale.dispute('dp_won', 'won'), created: at(56) })
  await deliverEvent(site, { type: 'charge.dispute.created', object: sale.dispute('dp_new'), created: at(57) })
  const [first, second, third] = [await decisionsPage(person, 1), await decisionsPage(person, 2), await decisionsPage(person, 3)]
  const isOurs = ({ kind, state, processorId }: Decision) => kind === 'dispute' && state === 'opened' && processorId === sale.payment_intent
  const place = first.rows.findIndex(isOurs)
  expect(place).not.toBe(-1)
  // Before it there are only others like it, and what nobody can read.
  for (const row of first.rows.slice(0, place))
    expect(row.kind === 'unreadable' || (row.kind === 'dispute' && row.state === 'opened')).toBe(true)
  expect([first.rows.length, third.rows]).toEqual([50, []])
  const all = [...first.rows, ...second.rows]
  expect([first.total, second.total, third.total]).toEqual([all.length, all.length, all.length])
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  expect(all.filter(({ processorId }) => processorId === sale.payment_intent)).toHaveLength(57)
  expect((await decisions(person)).total).toBe(first.total)
})

test('a second charge of an order that is paid waits for the owner, each with what it was, and comes back when there is another', async () => {
  await makePerson(t.db, { userType: 'OWNER', email: 'second@weokto.test', locale: 'en' })
  const { person } = await signedIn('OWNER')
  const sale = await unheard('second@buyers.test')
  expect(await sale.tell()).toMatchObject({ body: { outcome: 'paid' } })
  const charge = (id: string, cents: number) =>
    deliverEvent(site, { type: 'payment_intent.succeeded', object: { ...sale.intent, id, amount: cents, amount_received: cents } })
  const shown = async () => {
    const pages = await Promise.all([1, 2, 3].map((page) => decisionsPage(person, page)))
    return pages.flatMap(({ rows }) => rows).filter(({ id }) => id === sale.attemptId)
  }
  for (const expected of ['paid_twice', 'repeat', 'repeat'])
    expect(await charge('pi_second', 5900)).toMatchObject({ body: { outcome: expected } })
  expect(await shown()).toMatchObject([{ kind: 'paid_twice', saidCents: 5900, processorId: 'pi_second' }])
  expect((await resolve(person, sale.attemptId)).status).toBe(200)
  expect(await charge('pi_second', 5900)).toMatchObject({ body: { outcome: 'repeat' } })
  expect(await shown()).toEqual([])

  expect(await charge('pi_third', 4900)).toMatchObject({ body: { outcome: 'paid_twice' } })
  expect(await shown()).toMatchObject([{ kind: 'paid_twice', saidCents: 4900, processorId: 'pi_third' }])
  expect(await charge('pi_fourth', 4900)).toMatchObject({ body: { outcome: 'paid_twice' } })
  await site.services.runtime.settled()
  const texts = site.mailbox.mails.list('second@weokto.test').map(({ text }) => text)
  for (const payment of ['pi_second', 'pi_third', 'pi_fourth']) expect(texts.filter((text) => text?.includes(payment)).length).toBe(1)
  expect(
    await t.admin(
      `select after ->> 'processorId' as id from audit_log where action = 'payment.paid_twice' and "targetId" = $1 order by "createdAt"`,
      [sale.attemptId],
    ),
  ).toEqual([{ id: 'pi_second' }, { id: 'pi_third' }, { id: 'pi_fourth' }])
  // The order stays what it was: paid, by its first charge.
  expect(
    await t.admin(`select a."processorId", i.status from payment_attempts a join invoices i on i.id = a."invoiceId" where a.id = $1`, [
      sale.attemptId,
    ]),
  ).toEqual([{ processorId: sale.intent.id, status: 'PAID' }])
  await resolve(person, sale.attemptId)
})

test('settling an order that a payment does not match takes its locks as a refusal does, the checkout last', async () => {
  const { person } = await signedIn('OWNER')
  const sale = await unheard('locks@buyers.test')
  sale.intent.amount_received = 490
  await sale.tell()
  const held = await hold(t, 'update "payment_attempts"', `update payment_attempts set "cardToken" = "cardToken" where id = $1`, [
    sale.attemptId,
  ])
  const settling = resolve(person, sale.attemptId)
  await held.reached()
  const free = await t.admin(`select id from checkout_sessions where id = $1 for update skip locked`, [sale.checkoutId])
  await held.release()
  expect(free).toHaveLength(1)
  expect((await settling).status).toBe(200)
})
