import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#db/id.ts'
import { DAY_MS, day, ledgerWorld, type LedgerWorld } from '#db/ledger/testing.ts'
import { affiliateCommissions, productAccess, refunds, weoktoSessions } from '#db/schema/all.ts'
import { sortsOf } from '#domain/base/list.ts'
import { USER_TYPES, type UserType } from '#domain/identity/enums.ts'
import { ALL_INVOICES_ORDER } from '#domain/selling/lists.ts'
import { ListAllCommissions, listAllCommissions } from '#api/affiliation/commission/list-all.ts'
import { ListProducts, listAllProducts } from '#api/catalogue/product/list-all.ts'
import type { Ctx, Services } from '#api/context.ts'
import { ListPeople, listAllPeople } from '#api/identity/person/list-all.ts'
import { ListAllInvoices, listAllInvoices } from '#api/selling/invoice/list-all.ts'
import { walk } from '#dev/testing/lists.ts'
import { makeAffiliate, makeClient, makeOffer, makePerson, makeSale } from '#dev/testing/people.ts'
import { testContext, testServices } from '#dev/testing/services.ts'
import { showBusiness } from './show-business.ts'

const SALES = ListAllInvoices.parse({})
const COMMISSIONS = ListAllCommissions.parse({})
const PEOPLE = ListPeople.parse({})
const PRODUCTS = ListProducts.parse({})

let w: LedgerWorld
let services: Services

beforeAll(async () => {
  w = await ledgerWorld()
  services = testServices(w.http)
})
afterAll(() => w.close())

const as = (userType: UserType, now = day(50)): Ctx => testContext(services, now, { id: newId(), userType })

const after = (at: Date, days: number): Date => new Date(at.getTime() + days * DAY_MS)

/** A sale of 49.00 € with its commission of 12.24 €, and who took part. */
async function sale(paidAt = day(1), values: { name?: string; held?: boolean; withoutAffiliate?: boolean } = {}) {
  const { db } = services
  const [affiliate, client, offer] = await Promise.all([
    makeAffiliate(db, { displayName: values.name ?? null }),
    makeClient(db),
    makeOffer(db),
  ])
  const { invoice, customer } = await makeSale(db, { productId: offer.product.id, planId: offer.plan.id, stamUserId: client.id, paidAt })
  const commission = {
    id: newId(),
    affiliateProgramId: offer.program.id,
    affiliateId: affiliate.id,
    customerId: customer.id,
    invoiceId: invoice.id,
    status: values.held ? ('PENDING_LOCK' as const) : ('LOCKED' as const),
    heldReasons: values.held ? ['own_email'] : [],
    lockPeriodDays: 45,
    lockedUntil: after(paidAt, 45),
    extendedLockedUntil: after(paidAt, 90),
    maturesAt: after(paidAt, 90),
    lockedAmount: 979,
    extendedLockAmount: 245,
    totalAmount: 1224,
    rateApplied: 3000,
    baseAmount: 4083,
    policyVersion: 1,
    profile: 'NEW' as const,
    earnedAt: paidAt,
    createdAt: paidAt,
    updatedAt: paidAt,
  }
  if (!values.withoutAffiliate) await db.insert(affiliateCommissions).values(commission)
  return { affiliate, client, offer, invoice, customer, commission }
}

const found = async (q: string) => (await listAllInvoices(as('OWNER'), { ...SALES, q })).rows.map((row) => row.id)

describe('sales', () => {
  test('name the buyer, the product, the affiliate and the commission', async () => {
    const { affiliate, client, offer, invoice, commission } = await sale()
    const { rows: sales, total, sums } = await listAllInvoices(as('OWNER'), { ...SALES, productId: offer.product.id })
    expect([total, sums]).toEqual([1, { amountCents: 4900, taxCents: 817, commissionCents: 1224 }])
    expect(sales).toMatchObject([
      {
        id: invoice.id,
        buyerEmail: client.email,
        productName: offer.product.name,
        planName: 'Mensuel',
        amountCents: 4900,
        taxCents: 817,
        status: 'PAID',
        affiliateEmail: affiliate.email,
        commissionId: commission.id,
        commissionCents: 1224,
      },
    ])
  })

  test('are found by what one types, and by nothing else', async () => {
    const { client, affiliate, invoice } = await sale(day(2), { name: 'Léa 100%_\\' })
    for (const q of [client.email.toUpperCase(), affiliate.email.slice(0, 12), invoice.number ?? '', '100%_\\'])
      expect(await found(q), q).toEqual([invoice.id])
    for (const q of ['%', "' or 1=1 --", 'nobody'])
      expect(
        (await found(q)).filter((id) => id !== invoice.id),
        q,
      ).toEqual([])
  })

  test('sum to the total of what is shown, whatever the page, in each order', async () => {
    await Promise.all([sale(day(3)), sale(day(3)), sale(day(4)), sale(day(4), { withoutAffiliate: true })])
    const all = await listAllInvoices(as('OWNER'), { ...SALES, size: 100 })
    for (const sort of sortsOf(ALL_INVOICES_ORDER)) {
      const rows = await walk((place) => listAllInvoices(as('OWNER'), { ...SALES, ...place, sort, size: 2 }))
      expect(rows.map((row) => row.id).toSorted()).toEqual(all.rows.map((row) => row.id).toSorted())
      const sum = (of: (row: (typeof rows)[number]) => number | null) => rows.reduce((total, row) => total + (of(row) ?? 0), 0)
      expect([rows.length, sum((row) => row.amountCents), sum((row) => row.taxCents), sum((row) => row.commissionCents)]).toEqual([
        all.total,
        all.sums.amountCents,
        all.sums.taxCents,
        all.sums.commissionCents,
      ])
    }
    const dates = all.rows.map((row) => row.datedAt.getTime())
    expect(dates).toEqual(dates.toSorted((a, b) => b - a))
    expect((await listAllInvoices(as('OWNER'), { ...SALES, status: 'PENDING' })).total).toBe(0)
  })
})

test('commissions name the affiliate and the buyer, and why one is held', async () => {
  const { affiliate, client, commission } = await sale(day(5), { held: true })
  const {
    rows: commissions,
    total,
    sums,
  } = await listAllCommissions(as('OWNER'), {
    ...COMMISSIONS,
    affiliateId: affiliate.id,
    status: 'PENDING_LOCK',
    sort: 'decideBy',
  })
  expect([total, sums]).toEqual([1, { totalCents: 1224 }])
  expect(commissions).toMatchObject([
    {
      id: commission.id,
      affiliateEmail: affiliate.email,
      buyerEmail: client.email,
      totalCents: 1224,
      waits: [{ why: 'held', cents: 1224 }],
    },
  ])
  expect(commissions[0]?.heldBecause).toHaveLength(1)
  expect((await listAllCommissions(as('OWNER'), { ...COMMISSIONS, q: client.email })).total).toBe(1)
})

describe('the overview', () => {
  test('sums what came in by day of Paris, beside the period before', async () => {
    const now = new Date('2027-03-31T22:30:00Z')
    const { customer, invoice } = await sale(new Date('2027-03-31T22:10:00Z'))
    await sale(new Date('2027-03-02T22:30:00Z'))
    await sale(new Date('2027-03-02T23:30:00Z'))
    await services.db.insert(refunds).values({
      id: newId(),
      customerId: customer.id,
      invoiceId: invoice.id,
      amount: 1000,
      status: 'PROCESSED',
      processedAt: now,
      updatedAt: now,
    })
    const { period, recent } = await showBusiness(as('OWNER', now))
    expect(period.revenue.at(-1)).toEqual({ day: '2027-04-01', amountCents: 4900, salesCount: 1, previousCents: 4900 })
    expect(period.revenue[0]).toEqual({ day: '2027-03-03', amountCents: 4900, salesCount: 1, previousCents: 0 })
    expect(period.now).toEqual({ amountCents: 9800, taxCents: 1634, salesCount: 2, refundedCents: 1000 })
    expect(period.before).toEqual({ amountCents: 4900, taxCents: 817, salesCount: 1, refundedCents: 0 })
    const listed = async (asked: Partial<ListAllInvoices>) => {
      const { sums, rows } = await listAllInvoices(as('OWNER', now), { ...SALES, ...asked })
      return { ...sums, rows: rows.map((row) => [row.id, row.refundedCents]) }
    }
    expect(await listed({ period: '2027-03-03..2027-04-01' })).toMatchObject({ amountCents: 9800, taxCents: 1634 })
    expect(await listed({ refunds: '2027-04-01..2027-04-01' })).toMatchObject({ refundedCents: 1000, rows: [[invoice.id, 1000]] })
    expect(await listed({ refunds: '2027-03-01..2027-03-31' })).toMatchObject({ refundedCents: 0, rows: [] })
    expect(recent[0]?.id).toBe(invoice.id)
  })

  test('owes what the ledgers say, by month of release', async () => {
    const before = await showBusiness(as('OWNER'))
    const id = await w.affiliate()
    await w.earn({ affiliateId: id, main: 979, extended: 245, earnedAt: day(0) })
    await w.earn({ affiliateId: id, main: 500, extended: 100, earnedAt: day(44), held: true })
    const blocked = await w.affiliate()
    await w.earn({ affiliateId: blocked, main: 70, extended: 7, earnedAt: day(44) })
    await w.block(blocked, day(45))
    const then = await showBusiness(as('OWNER'))
    expect(then.owed.totalCents - before.owed.totalCents).toBe(1901)
    expect(then.owed.lockedCents - before.owed.lockedCents).toBe(1901)
    const grown = (month: string | null) =>
      (then.owed.releases.find((row) => row.month === month)?.cents ?? 0) -
      (before.owed.releases.find((row) => row.month === month)?.cents ?? 0)
    expect([grown(null), grown('2026-02'), grown('2026-04')]).toEqual([677, 979, 245])
    const [ledger] = await w.admin("SELECT sum(amount)::int AS cents FROM affiliate_ledger WHERE account = 'PLATFORM'")
    expect(then.owed.totalCents).toBe(0 - Number(ledger?.cents))
  })
})

describe('people', () => {
  test('are told without anything that tells an amount', async () => {
    const { affiliate, client } = await sale(day(6), { name: 'Zoé' })
    await services.db.insert(weoktoSessions).values({
      id: newId(),
      userId: affiliate.id,
      token: 'a'.repeat(64),
      expiresAt: day(60),
      createdAt: day(1),
      lastSeenAt: day(1),
      authenticatedAt: day(1),
    })
    const { rows: people } = await listAllPeople(as('ADMIN'), { ...PEOPLE, q: affiliate.email })
    expect(people).toMatchObject([
      { id: affiliate.id, email: affiliate.email, displayName: 'Zoé', role: 'AFFILIATE', sessions: 1, communities: 0 },
    ])
    expect((await listAllPeople(as('ADMIN'), { ...PEOPLE, platform: 'STAM', q: client.email })).rows).toMatchObject([
      { id: client.id, role: 'CLIENT', sessions: 0 },
    ])
    expect(Object.keys(people[0] ?? {}).filter((key) => /cents|amount|price|balance|pearl|rate|refund|risk|commission/i.test(key))).toEqual(
      [],
    )
  })

  test('are filtered by role, and told in whole pages', async () => {
    const { rows: people } = await listAllPeople(as('OWNER'), { ...PEOPLE, role: 'AFFILIATE', size: 100, sort: 'lastLoginAt' })
    expect(new Set(people.map((person) => person.role))).toEqual(new Set(['AFFILIATE']))
  })
})

test('products show prices, buttons and what they open, and nothing of what was sold', async () => {
  const { offer } = await sale()
  await services.db.insert(productAccess).values({
    id: newId(),
    productId: offer.product.id,
    accessType: 'community',
    targetId: offer.community.id,
    name: 'Accès',
    createdAt: day(1),
    updatedAt: day(1),
  })
  const { rows: products, total } = await listAllProducts(as('PRODUCT_MANAGER'), { ...PRODUCTS, q: offer.product.name })
  expect(total).toBe(1)
  expect(products).toMatchObject([
    {
      id: offer.product.id,
      communityName: offer.community.name,
      plans: [{ priceCents: 4900 }],
      buttons: [{ buttonKey: offer.button.buttonKey }],
      access: [{ accessType: 'community' }],
    },
  ])
  expect(JSON.stringify(products)).not.toMatch(/sales|revenue|commission|rate/i)
  expect((await listAllProducts(as('PRODUCT_MANAGER'), { ...PRODUCTS, q: offer.product.name, state: 'draft' })).total).toBe(0)
})

const ROUTES: [string, readonly UserType[], (ctx: Ctx) => Promise<unknown>][] = [
  ['overview', ['OWNER'], showBusiness],
  ['sales', ['OWNER'], (ctx) => listAllInvoices(ctx, SALES)],
  ['commissions', ['OWNER'], (ctx) => listAllCommissions(ctx, COMMISSIONS)],
  ['people', ['OWNER', 'ADMIN'], (ctx) => listAllPeople(ctx, PEOPLE)],
  ['products', ['OWNER', 'PRODUCT_MANAGER'], (ctx) => listAllProducts(ctx, PRODUCTS)],
]

test.each(ROUTES)('%s is for %j alone', async (_name, allowed, run) => {
  for (const userType of USER_TYPES) {
    if (allowed.includes(userType)) await expect(run(as(userType))).resolves.toBeDefined()
    else await expect(run(as(userType))).rejects.toMatchObject({ code: 'forbidden' })
  }
  await expect(run(testContext(services, day(1)))).rejects.toMatchObject({ code: 'unauthorized' })
  const person = await makePerson(services.db)
  await expect(run(testContext(services, day(1), person))).rejects.toMatchObject({ code: 'forbidden' })
})
