import { boolean, integer, jsonb, pgTable, text, type AnyPgColumn } from 'drizzle-orm/pg-core'
import { fkey, idColumn, indexOn, instantNow, uniqueOn, updatedInstant } from './columns.ts'
import { planInterval } from './enums.ts'
import { products } from './product.ts'

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
