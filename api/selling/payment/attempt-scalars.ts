import { sql, type SQL } from 'drizzle-orm'

/** Ids that hang on the attempt, as scalar subqueries, so that no statement waits for another's answer. */
export function attemptScalars(attemptId: string) {
  const pick = (column: SQL) =>
    sql<string>`(select ${column} from payment_attempts a join invoices i on i.id = a."invoiceId" join customers c on c.id = i."customerId" join products p on p.id = c."productId" where a.id = ${attemptId})`
  return { stamUserId: pick(sql`c."stamUserId"`), communityId: pick(sql`p."communityId"`), productId: pick(sql`p.id`) }
}

export type AttemptScalars = ReturnType<typeof attemptScalars>
