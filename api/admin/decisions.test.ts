import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { weoktoSessions } from '#db/schema/all.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { expectBooksBalanced } from '#db/verify.ts'
import { newId } from '#domain/id.ts'
import { randomToken, sha256Hex } from '#api/http/secrets.ts'
import { buy, order, readCheckout, startCheckout, typeCard, untilStep } from '#dev/testing/buy.ts'
import { deliverEvent, intentOf } from '#dev/testing/events.ts'
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

interface Decisions {
  discrepancies: { id: string; kind: string }[]
  moneyBack: { kind: string; processorId: string | null }[]
  hasMore: boolean
}

async function decisions(person: Awaited<ReturnType<typeof signedIn>>['person']): Promise<Decisions> {
  const answer = await person.get('/api/admin/overview')
  expect(answer.status).toBe(200)
  return ((await answer.json()) as { decisions: Decisions }).decisions
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

const resolve = (person: Awaited<ReturnType<typeof signedIn>>['person'], id: string, reason = 'Remboursé chez le processeur') =>
  person.post(`/api/admin/discrepancies/${id}/resolve`, { reason })

test('money that buys nothing waits for the owner with all it takes to deal with it, until they say how they did', async () => {
  const { person, userId } = await signedIn('OWNER')
  expect(await decisions(person)).toEqual({ discrepancies: [], moneyBack: [], hasMore: false })
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
