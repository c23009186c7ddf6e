import { sql, type SQLWrapper } from 'drizzle-orm'

/** The most that an integer column of the owner's schema holds. */
export const COUNTER_MOST = 2_147_483_647

/** A counter with something added. At its end it stands still: a figure beside a sale never stops the sale. */
export function plus(counter: SQLWrapper, added: SQLWrapper | number) {
  return sql<number>`least(${counter}::bigint + ${added}, ${COUNTER_MOST})::int`
}
