import { sql } from 'drizzle-orm'
import { integer, jsonb, pgTable, primaryKey, text, uniqueIndex, type AnyPgColumn } from 'drizzle-orm/pg-core'
import type { InvoiceKind } from '#domain/base/enums.ts'
import { plans, products } from './catalogue.ts'
import { countryCode, fkey, idColumn, indexOn, instant, instantNow, uniqueOn, updatedInstant } from './columns.ts'
import { checkoutSessions } from './checkout.ts'
import { customerStatus, invoiceStatus, refundStatus } from './enums.ts'
import { stamUsers, weoktoUsers } from './identity.ts'

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

/** One demand for money. `number` comes gapless from `invoice_series` when it is paid. */
export const invoices = pgTable(
  'invoices',
  {
    id: idColumn(),
    customerId: text().notNull(),
    planId: text(),
    amountExcludingTax: integer().notNull(),
    taxAmount: integer().notNull().default(0),
    amountIncludingTax: integer().notNull(),
    currency: text().notNull().default('EUR'),
    status: invoiceStatus().notNull().default('DRAFT'),
    dueDate: instant(),
    paidAt: instant(),
    voidedAt: instant(),
    pciVaultPaymentId: text(),
    pciVaultStatus: text(),
    metadata: jsonb().$type<Record<string, unknown>>(),
    createdAt: instantNow(),
    updatedAt: updatedInstant(),
    number: text(),
    kind: text().$type<InvoiceKind>().notNull(),
    taxRateBps: integer().notNull(),
    country: countryCode().notNull(),
    checkoutSessionId: text(),
    periodStart: instant(),
    periodEnd: instant(),
  },
  (t) => [
    uniqueOn(t.number),
    uniqueOn(t.checkoutSessionId),
    uniqueIndex('invoices_one_pending_key')
      .on(t.customerId)
      .where(sql`"status" = 'PENDING'`),
    indexOn(t.customerId),
    indexOn(t.status),
    indexOn(t.pciVaultPaymentId),
    indexOn(t.paidAt),
    fkey(t.customerId, (): AnyPgColumn => customers.id),
    fkey(t.planId, (): AnyPgColumn => plans.id),
    fkey(t.checkoutSessionId, (): AnyPgColumn => checkoutSessions.id),
  ],
)

export const refunds = pgTable(
  'refunds',
  {
    id: idColumn(),
    customerId: text().notNull(),
    invoiceId: text().notNull(),
    amount: integer().notNull(),
    currency: text().notNull().default('EUR'),
    reason: text(),
    status: refundStatus().notNull().default('PENDING'),
    requestedAt: instantNow(),
    approvedAt: instant(),
    rejectedAt: instant(),
    processedAt: instant(),
    metadata: jsonb().$type<Record<string, unknown>>(),
    createdAt: instantNow(),
    updatedAt: updatedInstant(),
  },
  (t) => [
    indexOn(t.customerId),
    indexOn(t.status),
    indexOn(t.invoiceId),
    fkey(t.customerId, (): AnyPgColumn => customers.id),
    fkey(t.invoiceId, (): AnyPgColumn => invoices.id),
  ],
)

/** A chargeback that was lost (a refund that is PROCESSED) and won after all: from then on it takes nothing back from anybody. */
export const disputeOutcomes = pgTable(
  'dispute_outcomes',
  {
    refundId: text().primaryKey(),
    wonAt: instant().notNull(),
    createdAt: instantNow(),
  },
  (t) => [fkey(t.refundId, (): AnyPgColumn => refunds.id)],
)

/** The last number given out in a series of a year: numbers of invoices have no gaps. */
export const invoiceSeries = pgTable(
  'invoice_series',
  {
    series: text().notNull(),
    year: integer().notNull(),
    lastNumber: integer().notNull().default(0),
  },
  (t) => [primaryKey({ name: 'invoice_series_pkey', columns: [t.series, t.year] })],
)
