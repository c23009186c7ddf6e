import { boolean, integer, jsonb, pgTable, text, type AnyPgColumn } from 'drizzle-orm/pg-core'
import type { AccessType, ButtonPaymentType } from '#domain/catalogue/enums.ts'
import { fkey, idColumn, indexOn, instant, instantNow, uniqueOn, updatedInstant } from './columns.ts'
import { communities } from './community.ts'
import { planInterval } from './enums.ts'

/** A tier of a community. */
export const products = pgTable(
  'products',
  {
    id: idColumn(),
    communityId: text().notNull(),
    slug: text().notNull(),
    name: text().notNull(),
    shortDescription: text(),
    isFree: boolean().notNull().default(false),
    requiresTrial: boolean().notNull().default(false),
    isActive: boolean().notNull().default(true),
    isPublished: boolean().notNull().default(false),
    publishedAt: instant(),
    createdAt: instantNow(),
    updatedAt: updatedInstant(),
    isFeatured: boolean().notNull().default(false),
  },
  (t) => [uniqueOn(t.slug), indexOn(t.communityId), indexOn(t.slug), fkey(t.communityId, (): AnyPgColumn => communities.id)],
)

/** A price of a product. All amounts include tax, in cents. */
export const plans = pgTable(
  'plans',
  {
    id: idColumn(),
    productId: text().notNull(),
    slug: text().notNull(),
    name: text().notNull(),
    description: text(),
    priceAmount: integer().notNull(),
    currency: text().notNull().default('EUR'),
    billingInterval: planInterval().notNull(),
    trialDays: integer(),
    trialAmount: integer(),
    setupFee: integer(),
    maxBillingCycles: integer(),
    isActive: boolean().notNull().default(true),
    isFeatured: boolean().notNull().default(false),
    metadata: jsonb().$type<Record<string, unknown>>(),
    createdAt: instantNow(),
    updatedAt: updatedInstant(),
  },
  (t) => [uniqueOn(t.slug), indexOn(t.productId), indexOn(t.slug), fkey(t.productId, (): AnyPgColumn => products.id)],
)

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

/** What a product opens. `targetId` names a row of the table that `accessType` says, hence no foreign key. */
export const productAccess = pgTable(
  'product_access',
  {
    id: idColumn(),
    productId: text().notNull(),
    accessType: text().$type<AccessType>().notNull(),
    targetId: text().notNull(),
    name: text().notNull(),
    description: text(),
    metadata: jsonb().$type<Record<string, unknown>>(),
    createdAt: instantNow(),
    updatedAt: updatedInstant(),
  },
  (t) => [indexOn(t.productId), indexOn(t.accessType, t.targetId), fkey(t.productId, (): AnyPgColumn => products.id)],
)
