import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#db/id.ts'
import { paymentAttempts } from '#db/schema/all.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { addMinutes } from '#domain/base/time.ts'
import { showBusiness } from '#api/overview/show-business.ts'
import { makeClient, makeOffer, makeSale } from '#dev/testing/people.ts'
import { testContext, testServices } from '#dev/testing/services.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await testDatabase()
})
afterAll(() => t.close())

const now = new Date('2026-03-02T14:00:00Z')

/** Attempts of so many minutes ago at a button, each as one of `statuses` says. */
async function attempts(
  offer: Awaited<ReturnType<typeof makeOffer>>,
  minutesAgo: number,
  statuses: readonly ('SUCCEEDED' | 'DECLINED')[],
  network: string,
) {
  const at = addMinutes(now, 0 - minutesAgo)
  const client = await makeClient(t.db)
  const { invoice } = await makeSale(t.db, { productId: offer.product.id, planId: offer.plan.id, stamUserId: client.id, paidAt: at })
  await t.db.insert(paymentAttempts).values(
    statuses.map((status) => {
      const id = newId()
      const card = { cardToken: `card-${id}`, network, buttonId: offer.button.id }
      const rest = { secretHash: '', amountCents: 4900, idempotencyKey: id, expiresAt: at, createdAt: at, settledAt: at, updatedAt: at }
      return { id, invoiceId: invoice.id, status, ...card, ...rest }
    }),
  )
}

test('the owner sees what each button is refused, and what is slowed down now', async () => {
  const [bad, good] = [await makeOffer(t.db), await makeOffer(t.db)]
  await attempts(
    bad,
    5,
    Array.from({ length: 15 }, () => 'DECLINED'),
    '198.51.100.0/24',
  )
  await attempts(
    bad,
    5,
    Array.from({ length: 6 }, () => 'SUCCEEDED'),
    'elsewhere',
  )
  await attempts(bad, 300, ['SUCCEEDED', 'SUCCEEDED', 'DECLINED'], 'elsewhere')
  await attempts(good, 5, ['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED', 'DECLINED'], 'elsewhere')
  const owner = (at: Date) => testContext(testServices(t), at, { id: newId(), userType: 'OWNER' })
  expect((await showBusiness(owner(now))).charges).toEqual({
    buttons: [
      {
        buttonKey: bad.button.buttonKey,
        productName: bad.product.name,
        hour: { charges: 21, refused: 15 },
        day: { charges: 24, refused: 16 },
        isBraked: true,
      },
      {
        buttonKey: good.button.buttonKey,
        productName: good.product.name,
        hour: { charges: 4, refused: 1 },
        day: { charges: 4, refused: 1 },
        isBraked: false,
      },
    ],
    brakedNetworks: 1,
    brakedCards: 0,
  })
  // A quarter of an hour after the last refusal nothing is slowed down any more.
  expect((await showBusiness(owner(addMinutes(now, 10)))).charges).toMatchObject({ buttons: [{ isBraked: false }, {}], brakedNetworks: 0 })
})
