import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { expectBooksBalanced } from '#db/ledger/verify.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { CUSTOMER_STATUSES } from '#domain/base/enums.ts'
import { order, readCheckout, startCheckout, typeCard, untilStep } from '#dev/testing/buy.ts'
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
  await makePerson(t.db, { userType: 'OWNER', email: 'owner@weokto.test', locale: 'fr' })
  await makePerson(t.db, { userType: 'OWNER', email: 'partner@weokto.test', locale: 'en' })
  await makePerson(t.db, { userType: 'OWNER', email: 'gone@weokto.test', bannedAt: new Date() })
  await makePerson(t.db, { userType: 'ADMIN', email: 'admin@weokto.test' })
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

let buyers = 0

/** A charge that went through at the processor, of which nobody has told us yet. */
async function unheard(plan: Parameters<typeof makeOffer>[1] = {}) {
  const email = `buyer-${++buyers}@buyers.test`
  const offer = await makeOffer(t.db, plan)
  const buyer = site.stam()
  const { id } = await startCheckout(buyer, { buttonKey: offer.button.buttonKey, email })
  await typeCard(buyer, id, '4242424242424242')
  const review = await untilStep(buyer, id, ['REVIEW'])
  site.vault.faults.arm({ fault: 'webhook_lost', match: 'charge' })
  site.processor.faults.arm({ fault: 'webhook_lost', times: 9 })
  expect((await order(buyer, review)).status).toBe(202)
  const row = async () => {
    const [found] = await t.admin<{ attemptId: string; customerId: string; attempt: string; invoice: string; number: string | null }>(
      `select a.id as "attemptId", i."customerId", a.status as attempt, a.discrepancy, a."nextReconcileAt", i.status as invoice, i.number, i.id as "invoiceId",
        c.status as customer, s.state as checkout from payment_attempts a join invoices i on i.id = a."invoiceId"
        join customers c on c.id = i."customerId" join checkout_sessions s on s.id = a."checkoutSessionId" where s.id = $1`,
      [id],
    )
    if (!found) throw new Error('Nothing was ordered.')
    return found
  }
  const { attemptId, customerId } = await row()
  await expect.poll(() => intentOf(site, attemptId).status).toBe('succeeded')
  site.processor.faults.clear()
  const tell = () => deliverEvent(site, { type: 'payment_intent.succeeded', object: intentOf(site, attemptId), id: `evt_${attemptId}` })
  return { buyer, email, offer, checkoutId: id, attemptId, customerId, row, tell }
}

const mailsTo = (email: string) => site.mailbox.mails.list(email)

test('money for a product that its buyer got meanwhile pays no order: it is told to every owner once, and stays so', async () => {
  const sale = await unheard()
  await t.admin(`update customers set status = 'ACTIVE' where id = $1`, [sale.customerId])
  expect(await sale.tell()).toEqual({ status: 200, body: { outcome: 'paid_twice' } })
  const closed = {
    attempt: 'SUCCEEDED',
    discrepancy: 'paid_twice',
    invoice: 'VOID',
    number: null,
    checkout: 'EXPIRED',
    nextReconcileAt: null,
  }
  expect(await sale.row()).toMatchObject(closed)
  expect(await sale.tell()).toEqual({ status: 200, body: { outcome: 'repeat' } })

  // Not even when the buyer no longer has it: what was judged once is never paid later.
  await t.admin(`update customers set status = 'EXPIRED' where id = $1`, [sale.customerId])
  for (const hours of [1, 7, 30]) await site.cron('*/5 * * * *', new Date(Date.now() + hours * 3_600_000))
  expect(await sale.tell()).toMatchObject({ status: 200, body: { outcome: 'repeat' } })
  expect(await sale.row()).toMatchObject({ ...closed, customer: 'EXPIRED' })

  await site.services.runtime.settled()
  const [[french], [english], gone] = [mailsTo('owner@weokto.test'), mailsTo('partner@weokto.test'), mailsTo('gone@weokto.test')]
  expect([french?.subject, english?.subject]).toEqual([
    '49,00\u00a0€ encaissés pour rien\u00a0: à rendre',
    '€49.00 taken for nothing: to be given back',
  ])
  for (const mail of [french, english])
    for (const part of [sale.email, sale.offer.product.name, intentOf(site, sale.attemptId).id]) expect(mail?.text).toContain(part)
  expect([mailsTo('owner@weokto.test').length, mailsTo('partner@weokto.test').length, gone]).toEqual([1, 1, []])
  expect(await t.admin(`select action from audit_log where "targetId" = $1`, [sale.attemptId])).toEqual([{ action: 'payment.paid_twice' }])
})

test('a buyer who gets the product between the reading and the writing of their payment is charged for nothing, and that is told', async () => {
  const sale = await unheard()
  const held = await hold(t, 'record_paid_sale', `update customers set status = 'ACTIVE' where id = $1`, [sale.customerId])
  const late = sale.tell()
  await held.reached()
  await held.release()
  expect(await late).toEqual({ status: 200, body: { outcome: 'paid_twice' } })
  expect(await sale.row()).toMatchObject({ attempt: 'SUCCEEDED', discrepancy: 'paid_twice', invoice: 'VOID', number: null })
})

/** How an invoice that was ordered comes to each status. */
const STEPS = { PENDING: [], PAID: ['PAID'], VOID: ['VOID'], REFUNDED: ['PAID', 'REFUNDED'] } as const

test('whatever an order and its buyer have become, the news of its money is answered and never refused for ever', async () => {
  const cases = CUSTOMER_STATUSES.flatMap((customer) =>
    (['PENDING', 'PAID', 'VOID', 'REFUNDED'] as const).map((invoice) => ({ customer, invoice })),
  )
  const answers: Record<string, unknown> = {}
  for (const { customer, invoice } of cases) {
    // One after another, because charges that nobody has heard of yet count against their card.
    const sale = await unheard()
    await t.admin(`update customers set status = $2::customer_status where id = $1`, [sale.customerId, customer])
    for (const step of STEPS[invoice])
      await t.admin(
        `update invoices set status = $2::invoice_status, "paidAt" = now() at time zone 'UTC', "voidedAt" = now() at time zone 'UTC' where "customerId" = $1`,
        [sale.customerId, step],
      )
    const { status, body } = await sale.tell()
    answers[`${customer} ${invoice}`] = [status, body]
  }
  const expected = cases.map(({ customer, invoice }) => {
    const isPaid = invoice === 'PENDING' && (customer === 'INCOMPLETE' || customer === 'EXPIRED')
    return [`${customer} ${invoice}`, [200, { outcome: isPaid ? 'paid' : 'paid_twice' }]]
  })
  expect(answers).toEqual(Object.fromEntries(expected))
}, 120_000)

test('the buyer of a payment that opens nothing reads so, with the amount, the day and whom to ask', async () => {
  const sale = await unheard()
  await t.admin(`update customers set status = 'ACTIVE' where id = $1`, [sale.customerId])
  await sale.tell()
  expect(await readCheckout(sale.buyer, sale.checkoutId)).toMatchObject({
    step: 'GIVE_BACK',
    astray: {
      amountCents: 4900,
      at: expect.any(String),
      resolvedAt: null,
      opens: 'account',
      reference: intentOf(site, sale.attemptId).id,
      askAt: 'bonjour@stam.localhost',
    },
  })
  expect((await sale.buyer.post(`/api/checkouts/${sale.checkoutId}/enter`, {})).status).toBe(409)
})

test('a trial whose card was authenticated for nothing takes nothing, so nobody is troubled', async () => {
  const sale = await unheard({ plan: { priceAmount: 2900, trialDays: 7 } })
  await t.admin(`update customers set status = 'TRIAL' where id = $1`, [sale.customerId])
  expect(await deliverEvent(site, { type: 'setup_intent.succeeded', object: intentOf(site, sale.attemptId) })).toMatchObject({
    body: { outcome: 'paid_twice' },
  })
  expect(await sale.row()).toMatchObject({ attempt: 'SUCCEEDED', discrepancy: null, invoice: 'VOID' })
  expect(await t.admin(`select from outbox where "dedupeKey" like '%' || $1`, [sale.attemptId])).toEqual([])
  expect(await readCheckout(sale.buyer, sale.checkoutId)).toMatchObject({ step: 'GIVE_BACK', astray: { amountCents: 0, opens: 'account' } })
})

test('a set-up is not believed to have paid a charge', async () => {
  const sale = await unheard()
  const intent = intentOf(site, sale.attemptId)
  const setUp = { ...intent, id: 'seti_other', object: 'setup_intent' }
  expect(await deliverEvent(site, { type: 'setup_intent.succeeded', object: setUp })).toMatchObject({ body: { outcome: 'mismatch' } })
  expect(await t.admin(`select after->>'why' as why from audit_log where "targetId" = $1`, [sale.attemptId])).toEqual([{ why: 'kind' }])
  expect(await sale.tell()).toMatchObject({ body: { outcome: 'paid' } })
})

test('what does not match is asked again, less and less often, and told once', async () => {
  const sale = await unheard()
  const intent = intentOf(site, sale.attemptId)
  intent.amount_received = 490
  const before = mailsTo('owner@weokto.test').length
  const start = Date.now()
  const due: number[] = []
  for (const minutes of [6, 60, 600, 6000]) {
    await site.cron('*/5 * * * *', new Date(start + minutes * MINUTE_MS))
    const row = (await sale.row()) as unknown as { attempt: string; discrepancy: string; nextReconcileAt: Date }
    expect(row).toMatchObject({ attempt: 'UNKNOWN', discrepancy: 'mismatch', nextReconcileAt: expect.any(Date) })
    due.push(Math.round((row.nextReconcileAt.getTime() - (start + minutes * MINUTE_MS)) / MINUTE_MS))
  }
  expect(due).toEqual([3, 30, 300, 360])
  await site.services.runtime.settled()
  expect(mailsTo('owner@weokto.test').length - before).toBe(1)
  expect(await t.admin(`select after->>'saidCents' as said from audit_log where "targetId" = $1`, [sale.attemptId])).toEqual([
    { said: '490' },
  ])
  expect((await readCheckout(sale.buyer, sale.checkoutId)).step).toBe('UNCERTAIN')

  // As soon as it says what we asked for, the order is paid.
  intent.amount_received = 4900
  await site.cron('*/5 * * * *', new Date(start + 7000 * MINUTE_MS))
  expect(await sale.row()).toMatchObject({ attempt: 'SUCCEEDED', invoice: 'PAID' })
})
