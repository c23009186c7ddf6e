import { boolean, jsonb, pgTable, text, type AnyPgColumn } from 'drizzle-orm/pg-core'
import type { ButtonPaymentType } from '#domain/catalogue/enums.ts'
import { fkey, idColumn, indexOn, instantNow, uniqueOn, updatedInstant } from './columns.ts'
import { products } from './product.ts'
import { plans } from './plan.ts'

/** The key that a hand-coded page names to open the checkout of one plan. */
export const manualPaymentButtons = pgTable(
  'manual_payment_buttons',
  {
    id: idColumn(),
    productId: text().notNull(),
    planId: text().notNull(),
    buttonKey: text().notNull(),
    displayName: text().notNull(),
    ctaText: text().notNull().default("S'inscrire"),
    pcivaultPaymentType: text().$type<ButtonPaymentType>().notNull(),
    pcivaultWebhookUrl: text(),
    successUrl: text(),
    cancelUrl: text(),
    isActive: boolean().notNull().default(true),
    metadata: jsonb().$type<Record<string, unknown>>(),
    createdAt: instantNow(),
    updatedAt: updatedInstant(),
  },
  (t) => [
    uniqueOn(t.buttonKey),
    indexOn(t.buttonKey),
    indexOn(t.productId),
    fkey(t.productId, (): AnyPgColumn => products.id),
    fkey(t.planId, (): AnyPgColumn => plans.id),
    fkey(t.pcivaultWebhookUrl, (): AnyPgColumn => webhookOrigins.origin, 'restrict'),
  ],
)

/** Where the vault may report to. Written by the deployment alone, so that no editor of buttons can send an attempt's secret elsewhere. */
export const webhookOrigins = pgTable('webhook_origins', { origin: text().primaryKey() })
