import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectBooksBalanced } from '#db/ledger/verify.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { order, readCheckout, startCheckout, typeCard, untilStep } from '#dev/testing/buy.ts'
import { makeOffer } from '#dev/testing/people.ts'
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

const countryOf = async (checkoutId: string): Promise<string | null | undefined> =>
  (await t.admin<{ cardCountry: string | null }>(`select "cardCountry" from checkout_sessions where id = $1`, [checkoutId]))[0]?.cardCountry

test('a vault that says nothing of a card but its safe part sells as well; its country is known where the processor’s answer names it', async () => {
  site.vault.vault.settings.knowsMetadata = false
  // A signed message names the card by an id alone, and may come before the answer.
  site.processor.faults.arm({ fault: 'webhook_lost', match: 'payment_intent', times: 9 })
  const offer = await makeOffer(t.db)
  const buyer = site.stam()
  const { id } = await startCheckout(buyer, { buttonKey: offer.button.buttonKey, email: 'quiet@buyers.test' })
  await typeCard(buyer, id, '4000002500000003')
  const review = await untilStep(buyer, id, ['REVIEW'])
  expect([review.card?.last4, await countryOf(id)]).toEqual(['0003', null])
  expect((await order(buyer, review)).status).toBe(202)
  await untilStep(buyer, id, ['PAID'])
  expect([(await readCheckout(buyer, id)).step, await countryOf(id)]).toEqual(['PAID', 'FR'])
  await expectBooksBalanced(t.admin)
})
