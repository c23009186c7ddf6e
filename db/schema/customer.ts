import { integer, jsonb, pgTable, text, type AnyPgColumn } from 'drizzle-orm/pg-core'
import { plans } from './plan.ts'
import { products } from './product.ts'
import { countryCode, fkey, idColumn, indexOn, instant, instantNow, uniqueOn, updatedInstant } from './columns.ts'
import { customerStatus } from './enums.ts'
import { stamUsers, weoktoUsers } from './person.ts'

/** One person's purchase of one product, and its subscription. Card columns are written from PCI Vault's answers alone. */
export const customers = pgTable(
  'customers',
  {
    id: idColumn(),
    stamUserId: text().notNull(),
    productId: text().notNull(),
    currentPlanId: text(),
    status: customerStatus().notNull().default('TRIAL'),
    trialEndsAt: instant(),
    subscriptionEndsAt: instant(),
    pciVaultToken: text(),
    pciVaultRef: text(),
    brand: text(),
    last4: text(),
    expMonth: integer(),
    expYear: integer(),
    metadata: jsonb().$type<Record<string, unknown>>(),
    createdAt: instantNow(),
    updatedAt: updatedInstant(),
    weoktoUserId: text(),
    country: countryCode(),
    billingAnchorDay: integer(),
    currentPeriodStart: instant(),
    currentPeriodEnd: instant(),
    nextChargeAt: instant(),
    cancelledAt: instant(),
    fullPriceCharges: integer().notNull().default(0),
    trialUsedAt: instant(),
    /** The card that the trial was begun with, whichever pays now. */
    trialCardToken: text(),
    trialCardFingerprint: text(),
    cardFingerprint: text(),
    activatedAt: instant(),
  },
  (t) => [
    uniqueOn(t.stamUserId, t.productId),
    indexOn(t.stamUserId),
    indexOn(t.productId),
    indexOn(t.pciVaultToken),
    indexOn(t.productId, t.trialCardToken),
    indexOn(t.productId, t.trialCardFingerprint),
    indexOn(t.weoktoUserId),
    indexOn(t.status, t.nextChargeAt),
    fkey(t.stamUserId, (): AnyPgColumn => stamUsers.id),
    fkey(t.productId, (): AnyPgColumn => products.id),
    fkey(t.currentPlanId, (): AnyPgColumn => plans.id),
    fkey(t.weoktoUserId, (): AnyPgColumn => weoktoUsers.id),
  ],
)
