import { and, eq, gt, isNull, lte, or, type SQL } from 'drizzle-orm'
import { products } from './schema/all.ts'

/** The products that are out at `now`, as `isPublishedAt` of `domain/catalogue/plan.ts` says of one. Whether they are active is another question. */
export function publishedAt(now: Date): SQL | undefined {
  return and(eq(products.isPublished, true), or(isNull(products.publishedAt), lte(products.publishedAt, now)))
}

/** Those that will come out by themselves, on a day that is set. */
export function scheduledAfter(now: Date): SQL | undefined {
  return and(eq(products.isPublished, true), gt(products.publishedAt, now))
}
