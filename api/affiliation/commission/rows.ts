import { eq, sql, type SQL } from 'drizzle-orm'
import { affiliateCommissions as c, affiliatePrograms, affiliateProfiles, customers, products } from '#db/schema/all.ts'
import type { Ctx } from '#api/context.ts'

/** What of a commission leaves the API, for lists and for one. The buyer stays unnamed: an affiliate learns the product and the country. */
export const commissionColumns = {
  id: c.id,
  status: c.status,
  earnedAt: c.earnedAt,
  totalCents: c.totalAmount,
  mainCents: c.lockedAmount,
  extendedCents: c.extendedLockAmount,
  clawedBackCents: c.clawedBackAmount,
  lockedUntil: c.lockedUntil,
  extendedLockedUntil: c.extendedLockedUntil,
  maturesAt: c.maturesAt,
  mainMaturedAt: c.mainMaturedAt,
  extendedMaturedAt: c.extendedMaturedAt,
  releasedAt: c.releasedAt,
  disputedAt: c.disputedAt,
  decideBy: c.decideBy,
  heldReasons: c.heldReasons,
  profile: c.profile,
  productId: products.id,
  productName: products.name,
  country: customers.country,
  /** While an affiliate is blocked nothing of theirs matures. */
  isBlocked: sql<boolean>`exists (select from ${affiliateProfiles} f where f."userId" = ${c.affiliateId} and f."blockedAt" is not null)`,
}

/** What commissions may be sorted by, whoever's they are. */
export const commissionSorts = {
  earnedAt: { by: c.earnedAt, kind: 'instant' },
  totalCents: { by: c.totalAmount, kind: 'integer' },
  lockedUntil: { by: c.lockedUntil, kind: 'instant' },
  decideBy: { by: c.decideBy, kind: 'instant', isNullable: true },
} as const

export const programOfCommission = eq(affiliatePrograms.id, c.affiliateProgramId)
export const productOfProgram = eq(products.id, affiliatePrograms.productId)
export const customerOfCommission = eq(customers.id, c.customerId)

export function selectCommissions({ db }: Pick<Ctx, 'db'>, shown: SQL | undefined, order: SQL[], limit: number) {
  return db
    .select(commissionColumns)
    .from(c)
    .innerJoin(affiliatePrograms, programOfCommission)
    .innerJoin(products, productOfProgram)
    .leftJoin(customers, customerOfCommission)
    .where(shown)
    .orderBy(...order)
    .limit(limit)
}

export type CommissionRow = Awaited<ReturnType<typeof selectCommissions>>[number]
