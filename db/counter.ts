import { sql, type SQLWrapper } from 'drizzle-orm'

/**
 * The most that an integer column of the owner's schema holds.
 *
 * @forDev tests
 */
export const COUNTER_MOST = 2_147_483_647

/** A counter with something added, by the rule that the functions of a sale share (`db/functions/counted-sale.sql`). */
export function plus(counter: SQLWrapper, added: SQLWrapper) {
  return sql<number>`add_capped(${counter}, ${added})`
}
