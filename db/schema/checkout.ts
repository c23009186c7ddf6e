import { sql } from 'drizzle-orm'
import { integer, jsonb, pgTable, text, uniqueIndex, type AnyPgColumn } from 'drizzle-orm/pg-core'
import type { Locale } from '#domain/base/enums.ts'
import type { CheckoutState } from '#domain/selling/enums.ts'
import { customers } from './customer.ts'
import { invoices } from './invoice.ts'
import { manualPaymentButtons } from './button.ts'
import { plans } from './plan.ts'
import { products } from './product.ts'
import { definesColumn, citext, countryCode, fkey, idColumn, indexOn, instant, instantNow, updatedInstant } from './columns.ts'
import { platform } from './enums.ts'
import { stamUsers } from './person.ts'

/** One visit to the checkout, from the button to the paid invoice. `cardCapturedAt` is when the capture that brought the card was started. */
export const checkoutSessions = pgTable(
  'checkout_sessions',
  {
    id: idColumn(),
    platform: platform().notNull(),
    buttonId: text().notNull(),
    productId: text().notNull(),
    planId: text().notNull(),
    stamUserId: text(),
    email: citext().notNull(),
    country: countryCode().notNull(),
    locale: text().$type<Locale>().notNull().default('fr'),
    /** SHA-256 of the secret in the browser that opened it; null once nobody may come back to it. */
    browserHash: text(),
    state: text().$type<CheckoutState>().notNull().default('IDENTIFY'),
    emailProvenAt: instant(),
    clickToken: text(),
    attribution: jsonb().$type<Record<string, unknown>>(),
    cardToken: text(),
    cardRef: text(),
    brand: text(),
    last4: text(),
    expMonth: integer(),
    expYear: integer(),
    cardCapturedAt: instant(),
    invoiceId: text(),
    customerId: text(),
    orderedAt: instant(),
    termsVersion: text(),
    consents: jsonb().$type<Record<string, unknown>>(),
    /** The buyer's mark of the day the checkout began, and of the day before: a visit shortly before midnight is the same visit. */
    visitorHash: text(),
    visitorHashBefore: text(),
    ipCountry: countryCode(),
    cardCountry: countryCode(),
    /** How many card forms were opened for it in its life. */
    capturesOpened: integer().notNull().default(0),
    /** Ordering waits until then, after too many refusals. */
    waitUntil: instant(),
    expiresAt: instant().notNull(),
    createdAt: instantNow(),
    updatedAt: updatedInstant(),
  },
  (t) => [
    indexOn(t.email),
    indexOn(t.stamUserId),
    indexOn(t.state, t.expiresAt),
    fkey(t.buttonId, (): AnyPgColumn => manualPaymentButtons.id),
    fkey(t.productId, (): AnyPgColumn => products.id),
    fkey(t.planId, (): AnyPgColumn => plans.id),
    fkey(t.stamUserId, (): AnyPgColumn => stamUsers.id),
    fkey(t.invoiceId, (): AnyPgColumn => invoices.id),
    fkey(t.customerId, (): AnyPgColumn => customers.id),
  ],
)

definesColumn('checkout_sessions.id', () => checkoutSessions.id)

/** One capture endpoint at PCI Vault. The id is the attempt named in its webhook's address. */
export const captureSessions = pgTable(
  'capture_sessions',
  {
    id: idColumn(),
    checkoutSessionId: text().notNull(),
    uniqueId: text(),
    secretHash: text().notNull(),
    captureStartedAt: instant().notNull(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
    deletedAt: instant(),
    /** When it stopped being the checkout's open one: it brought a card, came late, or another was opened. */
    closedAt: instant(),
    createdAt: instantNow(),
  },
  (t) => [
    uniqueIndex('capture_sessions_one_open_key')
      .on(t.checkoutSessionId)
      .where(sql`"closedAt" IS NULL`),
    indexOn(t.checkoutSessionId),
    indexOn(t.expiresAt),
    fkey(t.checkoutSessionId, (): AnyPgColumn => checkoutSessions.id, 'cascade'),
  ],
)
