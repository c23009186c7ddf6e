import { jsonb, pgTable, text, type AnyPgColumn } from 'drizzle-orm/pg-core'
import type { AccessType } from '#domain/catalogue/enums.ts'
import { fkey, idColumn, indexOn, instantNow, updatedInstant } from './columns.ts'
import { products } from './product.ts'

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
