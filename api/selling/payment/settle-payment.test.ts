import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { expectBooksBalanced } from '#db/ledger/verify.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { request } from '#dev/http-client.ts'
import { order, startCheckout, typeCard, untilStep, type CheckoutOnWire } from '#dev/testing/buy.ts'
import { makeAffiliate, makeCommunity, makeLink, makeOffer } from '#dev/testing/people.ts'
import { startSite, type Site } from '#dev/testing/site.ts'

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

/** An attributed sale up to its order page. */
async function reviewed(email: string) {
  const guild = await makeCommunity(t.db, { platform: 'WEOKTO' })
  // Trusted, because the stand-in's one accepted card serves many buyers here, which would hold their commissions.
  const affiliate = await makeAffiliate(t.db, {}, { currentGuildId: guild.id, trustedAt: new Date('2026-01-01') })
  const offer = await makeOffer(t.db)
  const link = await makeLink(t.db, { affiliateId: affiliate.id, productId: offer.product.id })
  const answer = await site
    .stam()
    .get(`/r/${link.code}`, { headers: { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Firefox/143.0' } })
  const ck = new URL(answer.headers.get('location') ?? '').searchParams.get('ck') ?? ''
  const buyer = site.stam()
  const { id } = await startCheckout(buyer, { buttonKey: offer.button.buttonKey, email, ck })
  await typeCard(buyer, id, '4242424242424242')
  return { buyer, affiliate, review: await untilStep(buyer, id, ['REVIEW']) }
}

/** What one sale must leave, however often it was told. */
async function left(checkout: CheckoutOnWire) {
  const [row] = await t.admin<Record<string, number>>(
    `select (select count(*)::int from invoices i where i.id = s."invoiceId" and i.status = 'PAID') as paid,
      (select count(*)::int from affiliate_commissions c where c."invoiceId" = s."invoiceId") as commissions,
      (select count(*)::int from affiliate_ledger l join affiliate_commissions c on c.id = l."commissionId" where c."invoiceId" = s."invoiceId") as entries,
      (select coalesce(sum(l.amount), 1)::int from affiliate_ledger l join affiliate_commissions c on c.id = l."commissionId" where c."invoiceId" = s."invoiceId") as sum,
      (select count(*)::int from pearl_transactions p where p."invoiceId" = s."invoiceId") as pearls,
      (select count(*)::int from community_members m where m."customerId" = s."customerId") as members,
      (select count(*)::int from affiliate_attributions a where a."customerId" = s."customerId") as attributions,
      (select count(*)::int from outbox o where o."dedupeKey" = 'receipt:' || s."invoiceId") as receipts
    from checkout_sessions s where s.id = $1`,
    [checkout.id],
  )
  return row
}

const ONCE = { paid: 1, commissions: 1, entries: 2, sum: 0, pearls: 1, members: 1, attributions: 1, receipts: 1 }

test('fifty identical paid webhooks at once leave one of everything', async () => {
  const { buyer, review } = await reviewed('fifty@buyers.test')
  site.vault.faults.arm({ fault: 'webhook_duplicate', copies: 50 })
  expect((await order(buyer, review)).status).toBe(202)
  await untilStep(buyer, review.id, ['PAID'])
  await expect.poll(() => site.vault.sender.deliveries.every((delivery) => delivery.done), { timeout: 10_000 }).toBe(true)
  const charges = site.vault.sender.deliveries.slice(-50)
  expect(charges.map(({ status, tries }) => [status, tries])).toEqual(Array.from({ length: 50 }, () => [200, 1]))
  expect(await left(review)).toEqual(ONCE)
})

test('a lost webhook is unknown, not failed, and the five-minute job finds the answer', async () => {
  const { buyer, review } = await reviewed('lost@buyers.test')
  site.vault.faults.arm({ fault: 'webhook_lost' })
  site.processor.faults.arm({ fault: 'webhook_lost', times: 5 })
  await order(buyer, review)
  await expect.poll(() => site.vault.sender.deliveries.at(-1)?.done).toBe(true)
  expect((await untilStep(buyer, review.id, ['PAYING', 'UNCERTAIN'])).step).toBe('PAYING')
  await site.cron('*/5 * * * *', new Date(Date.now() + 6 * 60_000))
  await untilStep(buyer, review.id, ['PAID'])
  expect(await left(review)).toEqual(ONCE)
})

test('the vault goes silent after taking the charge: nobody is charged twice', async () => {
  const { buyer, review } = await reviewed('silent@buyers.test')
  const before = chargesTaken()
  site.vault.faults.arm({ fault: 'answer_lost', match: '/proxy/' })
  await order(buyer, review)
  const again = await order(buyer, review)
  expect(again.status).toBe(409)
  await untilStep(buyer, review.id, ['PAID'])
  expect(await left(review)).toEqual(ONCE)
  expect(chargesTaken() - before).toBe(1)
})

test('pressing the order button ten times at once charges once', async () => {
  const { buyer, review } = await reviewed('tenfold@buyers.test')
  const before = chargesTaken()
  const answers = await Promise.all(Array.from({ length: 10 }, () => order(buyer, review)))
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([202, ...Array.from({ length: 9 }, () => 409)])
  await untilStep(buyer, review.id, ['PAID'])
  expect(await left(review)).toEqual(ONCE)
  expect(chargesTaken() - before).toBe(1)
})

test('a webhook proves itself or changes nothing', async () => {
  const { buyer, review } = await reviewed('wrong@buyers.test')
  site.vault.faults.arm({ fault: 'webhook_lost', times: 5 })
  site.processor.faults.arm({ fault: 'webhook_lost', times: 5 })
  await order(buyer, review)
  const [attempt] = await t.admin<{ id: string; invoiceId: string }>(
    `select id, "invoiceId" from payment_attempts where "checkoutSessionId" = $1`,
    [review.id],
  )
  const intent = {
    id: 'pi_forged',
    object: 'payment_intent',
    status: 'succeeded',
    amount: 4900,
    amount_received: 4900,
    currency: 'eur',
    metadata: { attemptId: attempt?.id, invoiceId: attempt?.invoiceId },
  }
  const body = JSON.stringify({ status: '200', headers: [], body: JSON.stringify(intent) })
  const url = `${site.services.config.STAM_ORIGIN}/webhooks/pci-vault/charge/`
  const post = (path: string, headers: Record<string, string>, method = 'POST') =>
    request(url + path, { method, headers: { 'content-type': 'application/json', ...headers }, ...(method === 'POST' ? { body } : {}) })
  const secret = { 'x-pcivault-webhook-secret': 'x'.repeat(43) }
  expect((await post(attempt?.id ?? '', {})).status).toBe(401)
  expect((await post(attempt?.id ?? '', secret)).status).toBe(403)
  expect((await post('a'.repeat(24), secret)).status).toBe(404)
  expect((await post('no-such-shape', secret)).status).toBe(404)
  expect((await post(attempt?.id ?? '', secret, 'GET')).status).toBe(405)
  expect((await request(`${site.services.config.STAM_ORIGIN}/webhooks/processor`, { method: 'POST', body })).status).toBe(401)
  expect(await left(review)).toMatchObject({ paid: 0, commissions: 0, members: 0, attributions: 0 })
})

test('an answer for other money than ours is not believed, and the owner is told', async () => {
  const { buyer, review } = await reviewed('amount@buyers.test')
  site.vault.faults.arm({ fault: 'webhook_lost' })
  site.processor.faults.arm({ fault: 'webhook_lost', times: 5 })
  await order(buyer, review)
  const [attempt] = await t.admin<{ id: string; invoiceId: string }>(
    `select id, "invoiceId" from payment_attempts where "checkoutSessionId" = $1`,
    [review.id],
  )
  const { settlePayment } = await import('./settle-payment.ts')
  const { testContext } = await import('#dev/testing/services.ts')
  const verdict = await settlePayment(testContext(site.services, new Date()), {
    attemptId: attempt?.id ?? '',
    answer: {
      kind: 'succeeded',
      intent: 'CHARGE',
      processorId: 'pi_other',
      processorStatus: 'succeeded',
      amountCents: 490,
      currency: 'EUR',
      attemptId: attempt?.id ?? '',
      invoiceId: attempt?.invoiceId ?? '',
    },
  })
  expect(verdict).toMatchObject({ outcome: 'mismatch' })
  expect(await left(review)).toMatchObject({ paid: 0, commissions: 0 })
  expect(await t.admin(`select action from audit_log where "targetId" = $1`, [attempt?.id])).toEqual([{ action: 'payment.mismatch' }])
})

function chargesTaken(): number {
  return [...site.processor.shop.books.intents.values()].filter(({ intent }) => intent.status === 'succeeded').length
}
