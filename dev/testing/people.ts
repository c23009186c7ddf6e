import type { Db } from '#db/client.ts'
import { newId } from '#db/id.ts'
import {
  affiliateLinks,
  affiliatePrograms,
  affiliateProfiles,
  communities,
  customers,
  invoices,
  manualPaymentButtons,
  plans,
  products,
  stamUsers,
  weoktoUsers,
} from '#db/schema/all.ts'

/** Rows that tests need again and again. Each builder makes its own, so that tests do not lean on one another. */

const BORN = new Date('2026-01-01T00:00:00Z')

type With<Table extends { $inferInsert: object }> = Partial<Table['$inferInsert']>

/** Someone on weokto.com. */
export async function makePerson(db: Db, values: With<typeof weoktoUsers> = {}) {
  const id = newId()
  const row = { id, email: `${id}@example.com`, authId: newId(), createdAt: BORN, updatedAt: BORN, emailVerifiedAt: BORN, ...values }
  const [made] = await db.insert(weoktoUsers).values(row).returning()
  return only(made)
}

/** Someone on weokto.com who may earn: the six accounts open with the profile. */
export async function makeAffiliate(db: Db, values: With<typeof weoktoUsers> = {}, profile: With<typeof affiliateProfiles> = {}) {
  const person = await makePerson(db, { userType: 'AFFILIATE', ...values })
  await db.insert(affiliateProfiles).values({ id: newId(), userId: person.id, createdAt: BORN, updatedAt: BORN, ...profile })
  return person
}

/** A client: whoever pays, on either site. */
export async function makeClient(db: Db, values: With<typeof stamUsers> = {}) {
  const id = newId()
  const row = { id, email: `${id}@example.com`, authId: newId(), createdAt: BORN, updatedAt: BORN, emailVerifiedAt: BORN, ...values }
  const [made] = await db.insert(stamUsers).values(row).returning()
  return only(made)
}

export async function makeCommunity(db: Db, values: With<typeof communities> = {}) {
  const id = newId()
  const row = { id, platform: 'STAM' as const, name: `Community ${id}`, slug: id, createdAt: BORN, updatedAt: BORN, ...values }
  const [made] = await db.insert(communities).values(row).returning()
  return only(made)
}

interface Offer {
  community?: With<typeof communities>
  product?: With<typeof products>
  plan?: With<typeof plans>
  program?: With<typeof affiliatePrograms>
  button?: With<typeof manualPaymentButtons>
}

/** A published product at 49.00 € a month, in a community of its own, that pays 30 %, with its button. */
export async function makeOffer(db: Db, values: Offer = {}) {
  const community = await makeCommunity(db, values.community)
  const id = newId()
  const planId = newId()
  const stamps = { createdAt: BORN, updatedAt: BORN }
  const product = {
    slug: id,
    name: `Product ${id}`,
    isPublished: true,
    publishedAt: BORN,
    ...stamps,
    ...values.product,
    id,
    communityId: community.id,
  }
  const plan = {
    slug: newId(),
    name: 'Mensuel',
    priceAmount: 4900,
    billingInterval: 'MONTHLY' as const,
    ...stamps,
    ...values.plan,
    id: planId,
    productId: id,
  }
  const program = {
    isActive: true,
    defaultRateType: 'percentage' as const,
    defaultRate: 3000,
    ...stamps,
    ...values.program,
    id: newId(),
    productId: id,
  }
  const button = {
    buttonKey: newId(),
    displayName: 'Mensuel',
    pcivaultPaymentType: 'subscription' as const,
    ...stamps,
    ...values.button,
    id: newId(),
    productId: id,
    planId,
  }
  await db.batch([
    db.insert(products).values(product),
    db.insert(plans).values(plan),
    db.insert(affiliatePrograms).values(program),
    db.insert(manualPaymentButtons).values(button),
  ])
  return { community, product, plan, program, button }
}

/** A link of an affiliate, to a product unless told otherwise. */
export async function makeLink(db: Db, values: With<typeof affiliateLinks> & { affiliateId: string }) {
  const id = newId()
  const [made] = await db
    .insert(affiliateLinks)
    .values({ id, code: id.slice(0, 10), createdAt: BORN, updatedAt: BORN, ...values })
    .returning()
  return only(made)
}

/** A purchase with one invoice paid at `paidAt`, without anything that being paid causes. */
export async function makeSale(
  db: Db,
  values: { productId: string; planId: string; stamUserId: string; paidAt: Date; amountIncludingTax?: number; amountExcludingTax?: number },
) {
  const { paidAt, planId, productId, stamUserId, amountIncludingTax = 4900, amountExcludingTax = 4083 } = values
  const stamps = { createdAt: paidAt, updatedAt: paidAt }
  const customer = { id: newId(), stamUserId, productId, currentPlanId: planId, status: 'ACTIVE' as const, country: 'FR', ...stamps }
  const invoice = {
    id: newId(),
    customerId: customer.id,
    planId,
    amountIncludingTax,
    amountExcludingTax,
    taxAmount: amountIncludingTax - amountExcludingTax,
    status: 'PAID' as const,
    kind: 'FIRST' as const,
    taxRateBps: 2000,
    country: 'FR',
    paidAt,
    number: newId(),
    ...stamps,
  }
  await db.batch([db.insert(customers).values(customer), db.insert(invoices).values(invoice)])
  return { customer, invoice }
}

function only<Row>(row: Row | undefined): Row {
  if (!row) throw new Error('The row was not made.')
  return row
}
