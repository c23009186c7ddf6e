import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#db/id.ts'
import { customers, invoices } from '#db/schema/all.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import type { Platform } from '#domain/base/enums.ts'
import type { Ctx, UserActor } from '#api/context.ts'
import { makeClient, makeOffer, makePerson, makeSale } from '#dev/testing/people.ts'
import { testContext, testServices } from '#dev/testing/services.ts'
import { showAccount } from './show-account.ts'

const NOW = new Date('2026-11-22T12:00:00Z')
const PAID = new Date('2026-11-01T12:00:00Z')
const NEXT = new Date('2026-12-01T12:00:00Z')

let t: TestDatabase
beforeAll(async () => {
  t = await testDatabase()
})
afterAll(() => t.close())

function as(userId: string, platform: Platform = 'STAM', scopeCustomerId: string | null = null): Ctx {
  const ctx = testContext(testServices(t), NOW)
  const actor: UserActor = {
    kind: 'user',
    platform,
    userId,
    email: 'lea@example.com',
    displayName: null,
    role: 'CLIENT',
    sessionId: newId(),
    authenticatedAt: NOW,
    scopeCustomerId,
  }
  return { ...ctx, platform, actor }
}

/** A monthly purchase with its card, to be charged again on NEXT. */
async function buy(stamUserId: string, status: 'ACTIVE' | 'INCOMPLETE' = 'ACTIVE') {
  const offer = await makeOffer(t.db)
  const sale = await makeSale(t.db, { productId: offer.product.id, planId: offer.plan.id, stamUserId, paidAt: PAID })
  const card = { pciVaultToken: 'tok_secret', pciVaultRef: 'ref_secret', brand: 'visa', last4: '4242', expMonth: 12, expYear: 2029 }
  await t.db
    .update(customers)
    .set({ status, ...card, currentPeriodEnd: NEXT, nextChargeAt: NEXT })
    .where(eq(customers.id, sale.customer.id))
  return { ...offer, ...sale }
}

describe('the account', () => {
  test('shows what one owns, what comes and what was paid, and names the card without its token', async () => {
    const client = await makeClient(t.db)
    const { customer, invoice, product } = await buy(client.id)
    const account = await showAccount(as(client.id))
    expect(account.purchases).toMatchObject([
      {
        id: customer.id,
        productName: product.name,
        status: 'ACTIVE',
        hasAccess: true,
        nextCharge: { at: NEXT.toISOString(), amountCents: 4900 },
        card: { brand: 'visa', last4: '4242' },
      },
    ])
    expect(account.comingCharges).toMatchObject([{ purchaseId: customer.id, amountCents: 4900 }])
    expect(account.invoices).toMatchObject([
      { id: invoice.id, number: invoice.number, date: PAID.toISOString(), amountCents: 4900, taxCents: 817, status: 'PAID' },
    ])
    expect(JSON.stringify(account)).not.toContain('secret')
  })

  test('shows nothing of others, of orders never paid, of drafts and void invoices', async () => {
    const client = await makeClient(t.db)
    await buy((await makeClient(t.db)).id)
    await buy(client.id, 'INCOMPLETE')
    const kept = await buy(client.id)
    const rest = {
      customerId: kept.customer.id,
      amountExcludingTax: 4083,
      taxAmount: 817,
      amountIncludingTax: 4900,
      taxRateBps: 2000,
      country: 'FR',
      kind: 'RENEWAL' as const,
      updatedAt: NOW,
    }
    await t.db.insert(invoices).values([
      { ...rest, id: newId(), status: 'DRAFT' },
      { ...rest, id: newId(), status: 'VOID', voidedAt: NOW },
    ])
    const account = await showAccount(as(client.id))
    expect(account.purchases.map(({ id }) => id)).toEqual([kept.customer.id])
    expect(account.invoices.map(({ id }) => id)).toEqual([kept.invoice.id])
  })

  test('a session limited to one purchase shows that purchase alone', async () => {
    const client = await makeClient(t.db)
    await buy(client.id)
    const { customer } = await buy(client.id)
    const account = await showAccount(as(client.id, 'STAM', customer.id))
    expect(account).toMatchObject({ emailUnconfirmed: true, purchases: [{ id: customer.id }] })
    expect(account.invoices).toHaveLength(1)
  })

  test('on weokto.com shows the guilds that this account pays for', async () => {
    const client = await makeClient(t.db)
    const person = await makePerson(t.db)
    const { customer } = await buy(client.id)
    await t.db.update(customers).set({ weoktoUserId: person.id }).where(eq(customers.id, customer.id))
    expect((await showAccount(as(person.id, 'WEOKTO'))).purchases.map(({ id }) => id)).toEqual([customer.id])
    expect((await showAccount(as(client.id, 'WEOKTO'))).purchases).toEqual([])
  })

  test('announces no charge for what renews no more', async () => {
    const client = await makeClient(t.db)
    const { customer } = await buy(client.id)
    await t.db
      .update(customers)
      .set({ status: 'CANCELLED', nextChargeAt: null, subscriptionEndsAt: NEXT })
      .where(eq(customers.id, customer.id))
    const account = await showAccount(as(client.id))
    expect(account.comingCharges).toEqual([])
    expect(account.purchases).toMatchObject([{ hasAccess: true, nextCharge: null, endsAt: NEXT.toISOString() }])
  })

  test('is refused to visitors', async () => {
    await expect(showAccount(testContext(testServices(t), NOW))).rejects.toMatchObject({ code: 'unauthorized' })
  })
})
