import { and, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import { must } from '#db/client.ts'
import { plus } from '#db/counter.ts'
import {
  affiliateAttributions,
  affiliateBoostRedemptions,
  affiliateCommissions,
  affiliateDailyStats,
  affiliateLinks,
  affiliateProfiles,
  affiliateTrackingEvents,
  notifications,
  pearlTransactions,
  weoktoUsers,
} from '#db/schema/all.ts'
import type { NewAttribution } from '#domain/affiliation/attribution.ts'
import type { CommissionDecision } from '#domain/affiliation/commission.ts'
import { commissionEarned } from '#domain/affiliation/ledger.ts'
import { parisDay } from '#domain/base/paris.ts'
import type { Policy } from '#domain/base/policy.ts'
import type { PaidSale, SaleAffiliate } from '#domain/selling/paid-sale.ts'
import type { Ctx } from '#api/context.ts'
import { holdsUnchanged } from './decided-on.ts'
import type { LoadedSettlement } from './load-settlement.ts'
import { claimOf } from './sale-facts.ts'
import { boardWrites } from './write-boards.ts'

/** The statements of a paid sale that concern affiliates; none when nobody brought the client. */
export function affiliateWrites(ctx: Ctx, loaded: LoadedSettlement, sale: PaidSale, policy: Policy): BatchItem<'pg'>[] {
  return [
    ...attributionWrites(ctx, loaded, sale),
    ...(sale.affiliate && sale.commission ? commissionWrites(ctx, loaded, sale, sale.affiliate, sale.commission, policy) : []),
  ]
}

function attributionWrites(ctx: Ctx, loaded: LoadedSettlement, { attribution }: PaidSale): BatchItem<'pg'>[] {
  const { bind, replaces } = attribution
  const writes: BatchItem<'pg'>[] = bind ? clickWrites(ctx, loaded, bind) : []
  // An attribution can also end without a successor: somebody who comes back long after their subscription ended was brought by nobody.
  if (replaces.length > 0) {
    writes.push(
      ctx.db
        .update(affiliateAttributions)
        .set({ replacedAt: ctx.now, replacedByEventId: bind?.clickId ?? null })
        .where(and(inArray(affiliateAttributions.id, [...replaces]), isNull(affiliateAttributions.replacedAt))),
    )
  }
  if (!bind) return writes
  const { terms, clickId, linkId, ...rest } = bind
  writes.push(
    ctx.db.insert(affiliateAttributions).values({
      ...rest,
      id: ctx.newId(),
      customerId: loaded.customer.id,
      affiliateTrackingEventId: clickId,
      linkId: linkId === null ? null : knownLink(linkId),
      rateType: terms?.rateType ?? null,
      rate: terms?.rate ?? null,
      includeRenewals: terms?.includeRenewals ?? null,
      createdAt: ctx.now,
    }),
  )
  return writes
}

/** The queue may not have brought this click yet. Its row is made here, without a fingerprint, and the consumer fills it in and counts it. */
function clickWrites(ctx: Ctx, { checkout }: LoadedSettlement, bind: NewAttribution): BatchItem<'pg'>[] {
  const claim = claimOf(checkout?.attribution ?? null)
  if (!claim || bind.clickId !== claim.clickId) return []
  const { clickId, affiliateId, productId, clickedAt, expiresAt } = claim
  const linkId = claim.linkId === null ? null : knownLink(claim.linkId)
  const event = { id: clickId, clickId, affiliateId, productId, linkId, platform: ctx.platform, expiresAt, createdAt: clickedAt }
  return [ctx.db.insert(affiliateTrackingEvents).values(event).onConflictDoNothing({ target: affiliateTrackingEvents.clickId })]
}

/** A link that is gone must not stop a sale. */
function knownLink(linkId: string) {
  return sql<string>`(select id from ${affiliateLinks} where id = ${linkId})`
}

function commissionWrites(
  ctx: Ctx,
  loaded: LoadedSettlement,
  sale: PaidSale,
  affiliate: SaleAffiliate,
  commission: CommissionDecision,
  policy: Policy,
): BatchItem<'pg'>[] {
  const { db, now } = ctx
  const { invoice, customer, program, product } = loaded
  const { totalCents, split: _split, boost, heldReasons, metadata, ...row } = commission
  const commissionId = ctx.newId()
  const counts = commission.status === 'LOCKED'
  const moves = JSON.stringify(commissionEarned(totalCents).moves)
  const refs = JSON.stringify({ commissionId, description: `Commission · ${product.name}` })
  const at = now.toISOString()
  return [
    db.insert(affiliateCommissions).values({
      ...row,
      id: commissionId,
      affiliateProgramId: program?.id ?? '',
      affiliateId: affiliate.id,
      customerId: customer.id,
      invoiceId: invoice.id,
      totalAmount: totalCents,
      currency: invoice.currency,
      heldReasons: [...heldReasons],
      metadata: { ...metadata, guildId: affiliate.guildId },
      createdAt: now,
      updatedAt: now,
    }),
    db.execute(
      sql`select post_ledger(${affiliate.id}, ${`earned:${commissionId}`}, 'COMMISSION_EARNED', ${moves}::jsonb, ${refs}::jsonb, ${at}::timestamp, ${at}::timestamp)`,
    ),
    // After the ledger, because its jobs lock a commission, then the balances, then the person.
    // What was decided rests on these: a first commission, a risk level, a block, a change of guild that came in between means deciding again.
    holdsUnchanged(ctx, loaded, affiliate, policy),
    must(
      db,
      'affiliate_unchanged',
      db
        .update(weoktoUsers)
        .set({
          ...(counts ? { firstCommissionAt: affiliate.firstCommissionAt ?? now } : {}),
          pearlBalance: sql`${plus(weoktoUsers.pearlsEarned, sale.pearls)} - ${weoktoUsers.pearlsSpent}`,
          pearlsEarned: plus(weoktoUsers.pearlsEarned, sale.pearls),
          updatedAt: now,
        })
        .where(
          and(
            eq(weoktoUsers.id, affiliate.id),
            eq(weoktoUsers.riskLevel, affiliate.riskLevel),
            isNull(weoktoUsers.bannedAt),
            affiliate.firstCommissionAt
              ? eq(weoktoUsers.firstCommissionAt, affiliate.firstCommissionAt)
              : isNull(weoktoUsers.firstCommissionAt),
          ),
        ),
    ),
    must(
      db,
      'affiliate_not_blocked',
      db
        .update(affiliateProfiles)
        .set({ updatedAt: now })
        .where(
          and(
            eq(affiliateProfiles.userId, affiliate.id),
            isNull(affiliateProfiles.blockedAt),
            sql`${affiliateProfiles.currentGuildId} is not distinct from ${affiliate.guildId}`,
            affiliate.isTrusted ? isNotNull(affiliateProfiles.trustedAt) : isNull(affiliateProfiles.trustedAt),
          ),
        ),
    ),
    ...(counts ? countedWrites(ctx, loaded, sale, affiliate, commission) : []),
    db.insert(notifications).values({
      id: ctx.newId(),
      platform: 'WEOKTO',
      userId: affiliate.id,
      kind: counts ? 'commission_earned' : 'commission_held',
      payload: { commissionId, amountCents: totalCents, product: product.name, boosted: boost !== null },
      createdAt: now,
    }),
  ]
}

/** What a sale counts for at once. For a held commission these wait for its release. */
function countedWrites(
  ctx: Ctx,
  loaded: LoadedSettlement,
  { pearls, attribution }: PaidSale,
  affiliate: SaleAffiliate,
  commission: CommissionDecision,
): BatchItem<'pg'>[] {
  const { db, now } = ctx
  const { invoice, product } = loaded
  const linkId = attribution.bind?.linkId ?? attribution.keep?.linkId ?? ''
  const day = parisDay(now)
  const figures = { salesCount: 1, salesCents: invoice.amountIncludingTax, commissionCents: commission.totalCents }
  const s = affiliateDailyStats
  const writes: BatchItem<'pg'>[] = [
    db
      .insert(s)
      .values({ affiliateId: affiliate.id, linkId, productId: product.id, day, ...figures })
      .onConflictDoUpdate({
        target: [s.affiliateId, s.linkId, s.productId, s.day],
        set: {
          salesCount: plus(s.salesCount, 1),
          salesCents: plus(s.salesCents, figures.salesCents),
          commissionCents: plus(s.commissionCents, figures.commissionCents),
        },
      }),
    ...boardWrites(ctx, { affiliateId: affiliate.id, guildId: affiliate.guildId, salesCents: invoice.amountIncludingTax }),
  ]
  if (pearls > 0) {
    writes.push(
      db.insert(pearlTransactions).values({
        id: ctx.newId(),
        userId: affiliate.id,
        type: 'SALE',
        amount: pearls,
        description: product.name,
        invoiceId: invoice.id,
        idempotencyKey: `sale:${invoice.id}`,
        createdAt: now,
      }),
    )
  }
  if (commission.boost) {
    const r = affiliateBoostRedemptions
    writes.push(
      db
        .update(r)
        .set({ salesCount: plus(r.salesCount, 1), commissionsEarned: plus(r.commissionsEarned, commission.totalCents) })
        .where(eq(r.id, commission.boost.redemptionId)),
    )
  }
  return writes
}
