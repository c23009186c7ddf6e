import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { expectBooksBalanced } from '#db/ledger/verify.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { unaskedAddress } from '#dev/testing/addresses.ts'
import { order, startCheckout, typeCard, untilStep } from '#dev/testing/buy.ts'
import { hold } from '#dev/testing/held.ts'
import { makeOffer } from '#dev/testing/people.ts'
import { startSite, type Site } from '#dev/testing/site.ts'

const CARD = '4242424242424242'

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

/** An order page of a browser of its own. */
async function reviewed(buttonKey: string, email: string) {
  const buyer = site.stam()
  const { id } = await startCheckout(buyer, { buttonKey, email })
  await typeCard(buyer, id, CARD)
  return { buyer, review: await untilStep(buyer, id, ['REVIEW']) }
}

/** What was taken of this person at the processor, beside what stands in our books. */
async function taken(email: string) {
  const rows = await t.admin<{ attemptId: string; attempt: string; invoice: string; customer: string }>(
    `select a.id as "attemptId", a.status as attempt, i.status as invoice, c.status as customer from payment_attempts a
      join invoices i on i.id = a."invoiceId" join customers c on c.id = i."customerId" join stam_users u on u.id = c."stamUserId" where u.email = $1`,
    [email],
  )
  const ours = new Set(rows.map((row) => row.attemptId))
  const charges = [...site.processor.shop.books.intents.values()].filter(
    ({ intent }) => intent.status === 'succeeded' && ours.has(intent.metadata['attemptId'] ?? ''),
  ).length
  return { charges, paid: rows.filter((row) => row.invoice === 'PAID').length, attempts: rows.length }
}

/** Holds an order still between what it read and what it writes: at the row in which its tries are counted. */
const heldOrder = (checkoutId: string) =>
  hold(
    t,
    'rate_limits',
    `insert into rate_limits (key, "windowStart", count) select $1, date_trunc('hour', now()) + n * interval '1 hour', 0 from generate_series(0, 1) n`,
    [`order:${checkoutId}`],
  )

test('an order that read its customer before another one was paid is refused before anything is sent', async () => {
  const { button } = await makeOffer(t.db)
  const email = await unaskedAddress('held', site.services.config.CODE_SECRET)
  const [one, two] = [await reviewed(button.buttonKey, email), await reviewed(button.buttonKey, email)]
  const held = await heldOrder(two.review.id)
  const late = order(two.buyer, two.review)
  await held.reached()
  expect((await order(one.buyer, one.review)).status).toBe(202)
  await untilStep(one.buyer, one.review.id, ['PAID'])
  await held.release()
  const refused = await late
  expect([refused.status, await refused.json()]).toMatchObject([409, { error: { code: 'already_owned' } }])
  expect(await taken(email)).toEqual({ charges: 1, paid: 1, attempts: 1 })
})

/** Offsets at which the second of two orders follows the first, in milliseconds; more pairs with RACE_PAIRS. */
const PAIRS = Number(process.env['RACE_PAIRS'] ?? 30)
const offsetOf = (n: number): number => (n * 72) / Math.max(1, PAIRS - 1)

test('two checkouts of one person and product, ordered at nearly the same moment, charge once', async () => {
  const offer = await makeOffer(t.db)
  const twice: string[] = []
  const answers: string[] = []
  for (let n = 0; n < PAIRS; n += 1) {
    const email = await unaskedAddress(`pair-${n}`, site.services.config.CODE_SECRET)
    const pair = await Promise.all([reviewed(offer.button.buttonKey, email), reviewed(offer.button.buttonKey, email)])
    const [first, second] = await Promise.all(
      pair.map(async ({ buyer, review }, at) => {
        if (at === 1) await wait(offsetOf(n))
        return order(buyer, review)
      }),
    )
    const statuses = [first?.status ?? 0, second?.status ?? 0]
    answers.push(statuses.toSorted((a, b) => a - b).join(' and '))
    await expect.poll(() => site.vault.sender.deliveries.every(({ done }) => done), { timeout: 10_000 }).toBe(true)
    const { charges, paid } = await taken(email)
    if (charges !== 1 || paid !== 1) twice.push(`${Math.round(offsetOf(n))} ms: ${charges} charges, ${paid} paid (${statuses.join(', ')})`)
  }
  expect(twice).toEqual([])
  // Who comes after the purchase of an address that nobody has proven is asked for its code, and not told what it owns.
  expect(answers.filter((answer) => answer !== '202 and 409' && answer !== '202 and 403')).toEqual([])
}, 180_000)
