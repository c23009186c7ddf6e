import { boolean, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { idColumn, indexOn, instantNow, uniqueOn, updatedInstant } from './columns.ts'
import { platform } from './enums.ts'

/** A guild on WEOKTO, a community on STAM. */
export const communities = pgTable(
  'communities',
  {
    id: idColumn(),
    platform: platform().notNull(),
    name: text().notNull(),
    slug: text().notNull(),
    domain: text(),
    settings: jsonb().$type<Record<string, unknown>>(),
    supplierId: text(),
    supplierName: text(),
    landingPageUrl: text(),
    ownerNotes: text(),
    isActive: boolean().notNull().default(true),
    createdAt: instantNow(),
    updatedAt: updatedInstant(),
  },
  (t) => [uniqueOn(t.slug), uniqueOn(t.domain), indexOn(t.platform), indexOn(t.slug)],
)
