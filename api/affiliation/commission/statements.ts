import { eq, sql } from 'drizzle-orm'
import { plus } from '#db/counter.ts'
import { affiliateBoostRedemptions, affiliateCommissions, affiliateDailyStats, notifications } from '#db/schema/all.ts'
import type { CommissionDecision } from '#domain/affiliation/commission.ts'
import { commissionEarned } from '#domain/affiliation/ledger.ts'
import { parisDay } from '#domain/base/paris.ts'
import type { Ctx } from '#api/context.ts'

/** What a commission hangs on: the paid invoice, who bought what, and whose link it was. */
export interface CommissionOn {
  id: string
  programId: string
  affiliateId: string
  /** The affiliate's guild at the moment of the sale. */
  guildId: string | null
  customerId: string
  invoiceId: string
  currency: string
  product: { id: string; name: string }
}

/** The commission as it was decided, and its first posting, from outside into the affiliate's locked account. */
export function commissionStatements({ db, now }: Ctx, on: CommissionOn, commission: CommissionDecision) {
  const { totalCents, split: _split, boost: _boost, heldReasons, metadata, ...row } = commission
  const moves = JSON.stringify(commissionEarned(totalCents).moves)
  const refs = JSON.stringify({ commissionId: on.id, description: `Commission · ${on.product.name}` })
  const at = now.toISOString()
  return [
    db.insert(affiliateCommissions).values({
      ...row,
      id: on.id,
      affiliateProgramId: on.programId,
      affiliateId: on.affiliateId,
      customerId: on.customerId,
      invoiceId: on.invoiceId,
      totalAmount: totalCents,
      currency: on.currency,
      heldReasons: [...heldReasons],
      metadata: { ...metadata, guildId: on.guildId },
      createdAt: now,
      updatedAt: now,
    }),
    db.execute(
      sql`select post_ledger(${on.affiliateId}, ${`earned:${on.id}`}, 'COMMISSION_EARNED', ${moves}::jsonb, ${refs}::jsonb, ${at}::timestamp, ${at}::timestamp)`,
    ),
  ] as const
}

/** What a commission that is not held counts for at once: the day's figures of its link, and the boost that raised it. */
export function countedStatements(
  { db, now }: Ctx,
  on: CommissionOn,
  { totalCents, boost }: CommissionDecision,
  { linkId, salesCents }: { linkId: string; salesCents: number },
) {
  const s = affiliateDailyStats
  const r = affiliateBoostRedemptions
  const day = db
    .insert(s)
    .values({
      affiliateId: on.affiliateId,
      linkId,
      productId: on.product.id,
      day: parisDay(now),
      salesCount: 1,
      salesCents,
      commissionCents: totalCents,
    })
    .onConflictDoUpdate({
      target: [s.affiliateId, s.linkId, s.productId, s.day],
      set: {
        salesCount: plus(s.salesCount, 1),
        salesCents: plus(s.salesCents, salesCents),
        commissionCents: plus(s.commissionCents, totalCents),
      },
    })
  if (!boost) return [day]
  const raised = db
    .update(r)
    .set({ salesCount: plus(r.salesCount, 1), commissionsEarned: plus(r.commissionsEarned, totalCents) })
    .where(eq(r.id, boost.redemptionId))
  return [day, raised]
}

/** The affiliate's notice of it. */
export function commissionNotice({ db, now, newId }: Ctx, on: CommissionOn, { status, totalCents, boost }: CommissionDecision) {
  return db.insert(notifications).values({
    id: newId(),
    platform: 'WEOKTO',
    userId: on.affiliateId,
    kind: status === 'LOCKED' ? 'commission_earned' : 'commission_held',
    payload: { commissionId: on.id, amountCents: totalCents, product: on.product.name, boosted: boost !== null },
    createdAt: now,
  })
}
