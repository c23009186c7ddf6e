import { sql } from 'drizzle-orm'
import { boolean, integer, jsonb, pgTable, text, uniqueIndex, type AnyPgColumn } from 'drizzle-orm/pg-core'
import type { PaymentAttemptKind, PaymentAttemptStatus, PaymentDiscrepancy } from '#domain/selling/enums.ts'
import { invoices } from './invoice.ts'
import { fkey, idColumn, indexOn, instant, instantNow, uniqueOn, updatedInstant } from './columns.ts'
import { checkoutSessions } from './checkout.ts'

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
