import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#db/id.ts'
import { checkoutSessions } from '#db/schema/all.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { sha256Hex } from '#api/crypto.ts'
import { writePendingSale } from '#dev/seed/pending-sale.ts'
import { hold } from '#dev/testing/held.ts'
import { makeOffer } from '#dev/testing/people.ts'
import { testContext, testServices } from '#dev/testing/services.ts'
import { showCheckout } from './show-checkout.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await testDatabase()
})
afterAll(() => t.close())

test('a page that asks while the payment is being written is not told that it is paid without the number of its invoice', async () => {
  const { community, product, plan, button } = await makeOffer(t.db)
  const names = { communitySlug: community.slug, productName: product.name, planSlug: plan.slug }
  const sold = { ...names, communityId: community.id, productId: product.id, planId: plan.id, buttonId: button.id }
  const buyer = { email: `${newId()}@buyers.test`, displayName: null, country: 'FR' }
  const now = new Date()
  const sale = await writePendingSale(t.db, { buyer, sold, click: null, orderedAt: now, secretHash: '0'.repeat(64) })
  const browserSecret = newId()
  await t.db
    .update(checkoutSessions)
    .set({ browserHash: await sha256Hex(browserSecret) })
    .where(eq(checkoutSessions.id, sale.checkoutId))

  // The reading stands still where it comes to the attempts, and the payment is written meanwhile.
  const held = await hold(
    t,
    'payment_attempts',
    `lock table payment_attempts in access exclusive mode;
    update payment_attempts set status = 'SUCCEEDED' where id = '${sale.attemptId}';
    update invoices set status = 'PAID', "paidAt" = "createdAt", number = 'STAM-2026-000001' where id = '${sale.invoiceId}';
    update checkout_sessions set state = 'PAID' where id = '${sale.checkoutId}'`,
  )
  const asked = showCheckout({ ...testContext(testServices(t), now), platform: 'STAM' }, { id: sale.checkoutId, browserSecret })
  await held.reached()
  await held.release()
  expect(await asked).toMatchObject({ step: 'PAID', invoiceNumber: 'STAM-2026-000001' })
})
