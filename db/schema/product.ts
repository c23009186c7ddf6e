import { boolean, pgTable, text, type AnyPgColumn } from 'drizzle-orm/pg-core'
import { fkey, idColumn, indexOn, instant, instantNow, uniqueOn, updatedInstant } from './columns.ts'
import { communities } from './community.ts'

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
