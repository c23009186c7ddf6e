import { sql, type SQL } from 'drizzle-orm'
import { lockNames } from '#db/client.ts'
import { affiliateBoostRedemptions } from '#db/schema/all.ts'
import { burstMayHold } from '#domain/affiliation/hold.ts'
import type { Policy } from '#domain/base/policy.ts'
import type { SaleAffiliate } from '#domain/selling/paid-sale.ts'
import { holdFacts, isActiveRedemption } from '#api/affiliation/commission/hold-facts.ts'
import type { Ctx } from '#api/context.ts'
import { selectEarlier, liveAttributionIds, type LoadedSettlement } from './load-settlement.ts'

/**
 * Sales that could change one another's decision are written one after another: those of one buyer in one community, and those paid with one
 * card. Those of one affiliate meet later, at the affiliate's accounts, whose lock every posting takes first.
 */
export function saleLocks({ db }: Ctx, loaded: LoadedSettlement) {
  const { token, fingerprint } = cardOf(loaded)
  const cards = [token, fingerprint].flatMap((card) => (card === null ? [] : [`card ${card}`]))
  return lockNames(db, [`buyer ${loaded.buyer.id} ${loaded.community.id}`, ...cards])
}

/** Behind the buyer's lock: nothing that they paid, and nobody who brought them, has come in between. */
export function buyerUnchanged(ctx: Ctx, loaded: LoadedSettlement) {
  const of = { stamUserId: loaded.buyer.id, communityId: loaded.community.id }
  const kinds = JSON.stringify(loaded.earlierKinds.toSorted())
  const attributions = JSON.stringify(loaded.attributions.map(({ attribution }) => attribution.id).toSorted())
  return ctx.db.execute(sql`select guard(
    (select coalesce(jsonb_agg(e.kind order by e.kind collate "C"), '[]') from ${selectEarlier(ctx, of, loaded.invoice.id).as('e')}) = ${kinds}::jsonb
    and (select coalesce(jsonb_agg(l.id order by l.id collate "C"), '[]') from ${liveAttributionIds(ctx, of).as('l')}) = ${attributions}::jsonb,
    'buyer_unchanged') as "ok"`)
}

/**
 * Behind the affiliate's lock, with this sale's own commission written: the boost that raised it and the reasons to hold it are still those that
 * were found. What is asked is whether a reason applies, not the figure behind it, so that a busy affiliate's sales decide again only where one of
 * them crosses the line.
 */
export function holdsUnchanged(ctx: Ctx, loaded: LoadedSettlement, affiliate: SaleAffiliate, policy: Policy) {
  const r = affiliateBoostRedemptions
  const active = ctx.db.select({ id: r.id }).from(r).where(isActiveRedemption(affiliate.id, ctx.now))
  const redemption = loaded.affiliates.find(({ id }) => id === affiliate.id)?.redemption?.id ?? null
  const unchanged = [sql`(${active}) is not distinct from ${redemption}`, ...reasonsUnchanged(ctx, loaded, affiliate, policy)]
  return ctx.db.execute(sql`select guard(${sql.join(unchanged, sql` and `)}, 'holds_unchanged') as "ok"`)
}

/** Nothing is asked that could not hold the sale: a trusted affiliate's for no reason, an old account's not for a burst. */
function reasonsUnchanged({ now }: Ctx, loaded: LoadedSettlement, affiliate: SaleAffiliate, policy: Policy): SQL[] {
  if (affiliate.isTrusted) return []
  const { burstSales } = policy.hold
  const { token, fingerprint } = cardOf(loaded)
  const card = { token: sql`${token}::text`, fingerprint: sql`${fingerprint}::text` }
  const held = { affiliateId: sql`${affiliate.id}`, attemptId: loaded.attempt.id, stamUserId: loaded.buyer.id }
  const { recentSales, sameVisitor, sharedCard } = holdFacts(now, { ...held, card }, burstSales)
  const burst = sql`(${recentSales} >= ${burstSales}) = ${affiliate.recentSales + 1 >= burstSales}`
  return [
    sql`${sameVisitor} = ${affiliate.sameVisitor}`,
    sql`${sharedCard} = ${affiliate.sharedCard}`,
    ...(burstMayHold({ affiliateSince: affiliate.since, isTrusted: false }, policy, now) ? [burst] : []),
  ]
}

/** The card that this attempt charged. */
function cardOf({ attempt, checkout }: LoadedSettlement) {
  return { token: attempt.cardToken ?? checkout?.cardToken ?? null, fingerprint: attempt.cardFingerprint }
}
