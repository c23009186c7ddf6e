import { sql } from 'drizzle-orm'
import { boolean, integer, jsonb, pgTable, text, uniqueIndex, type AnyPgColumn } from 'drizzle-orm/pg-core'
import type { Locale } from '#domain/base/enums.ts'
import type { CheckoutState, PaymentAttemptKind, PaymentAttemptStatus, PaymentDiscrepancy } from '#domain/selling/enums.ts'
import { customers, invoices } from './billing.ts'
import { manualPaymentButtons, plans, products } from './catalogue.ts'
import { citext, countryCode, fkey, idColumn, indexOn, instant, instantNow, uniqueOn, updatedInstant } from './columns.ts'
import { platform } from './enums.ts'
import { stamUsers } from './identity.ts'

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

/** One try at charging an invoice (or at authenticating the card of a free trial). At most one is open per invoice. */
export const paymentAttempts = pgTable(
  'payment_attempts',
  {
    id: idColumn(),
    invoiceId: text().notNull(),
    checkoutSessionId: text(),
    kind: text().$type<PaymentAttemptKind>().notNull().default('CHARGE'),
    status: text().$type<PaymentAttemptStatus>().notNull().default('CREATED'),
    secretHash: text().notNull(),
    amountCents: integer().notNull(),
    currency: text().notNull().default('EUR'),
    idempotencyKey: text().notNull(),
    processorId: text(),
    processorStatus: text(),
    redirectUrl: text(),
    declineCode: text(),
    offSession: boolean().notNull().default(false),
    /** Which card, network and button it was tried with: refusals are counted by each. */
    cardToken: text(),
    network: text(),
    buttonId: text(),
    /** The processor's name for the card, the same for one number however it was typed. */
    cardFingerprint: text(),
    /** Money that does not fit our books, until the owner has dealt with it. */
    discrepancy: text().$type<PaymentDiscrepancy>(),
    discrepancyAt: instant(),
    discrepancyResolvedAt: instant(),
    expiresAt: instant().notNull(),
    sentAt: instant(),
    settledAt: instant(),
    nextReconcileAt: instant(),
    createdAt: instantNow(),
    updatedAt: updatedInstant(),
  },
  (t) => [
    uniqueOn(t.idempotencyKey),
    uniqueIndex('payment_attempts_one_open_key')
      .on(t.invoiceId)
      .where(sql`"status" IN ('CREATED', 'SENT', 'REQUIRES_ACTION', 'UNKNOWN')`),
    indexOn(t.invoiceId),
    indexOn(t.checkoutSessionId, t.createdAt),
    indexOn(t.processorId),
    indexOn(t.nextReconcileAt),
    indexOn(t.cardToken, t.createdAt),
    indexOn(t.network, t.createdAt),
    indexOn(t.buttonId, t.createdAt),
    indexOn(t.discrepancy, t.discrepancyAt),
    fkey(t.invoiceId, (): AnyPgColumn => invoices.id),
    fkey(t.checkoutSessionId, (): AnyPgColumn => checkoutSessions.id),
  ],
)

/**
 * Every delivery that had an effect, stored in the transaction of that effect: a repeat finds its row and does nothing. What names a payment only
 * (a refund, a dispute) is stored as it came and waits in `payload` until the owner has dealt with it (`handledAt`).
 */
export const webhookInbox = pgTable(
  'webhook_inbox',
  {
    id: idColumn(),
    source: text().notNull(),
    attemptId: text(),
    bodyHash: text().notNull(),
    receivedAt: instant().notNull(),
    outcome: text().notNull(),
    eventId: text(),
    eventType: text(),
    /** The processor's id of the payment that it speaks of. */
    processorId: text(),
    payload: jsonb().$type<unknown>(),
    handledAt: instant(),
  },
  (t) => [uniqueOn(t.source, t.attemptId, t.bodyHash), uniqueOn(t.source, t.eventId), indexOn(t.receivedAt), indexOn(t.processorId)],
)
