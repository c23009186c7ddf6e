import { boolean, pgTable, text, type AnyPgColumn } from 'drizzle-orm/pg-core'
import { products } from './product.ts'
import { fkey, idColumn, indexOn, instant, instantNow, uniqueOn, updatedInstant } from './columns.ts'
import { communities } from './community.ts'
import { weoktoUsers } from './person.ts'

/** A code of an affiliate, for one product or for one community's landing page. */
export const affiliateLinks = pgTable(
  'affiliate_links',
  {
    id: idColumn(),
    code: text().notNull(),
    affiliateId: text().notNull(),
    productId: text(),
    communityId: text(),
    label: text(),
    campaign: text(),
    toPath: text(),
    isActive: boolean().notNull().default(true),
    archivedAt: instant(),
    createdAt: instantNow(),
    updatedAt: updatedInstant(),
  },
  (t) => [
    uniqueOn(t.code),
    indexOn(t.affiliateId, t.createdAt),
    fkey(t.affiliateId, (): AnyPgColumn => weoktoUsers.id),
    // Emptying the target would leave a link to nowhere, so the target cannot be deleted.
    fkey(t.productId, (): AnyPgColumn => products.id, 'restrict'),
    fkey(t.communityId, (): AnyPgColumn => communities.id, 'restrict'),
  ],
)
