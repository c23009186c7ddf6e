import { jsonRow } from '#db/json-row.ts'
import { affiliateCommissions } from '#db/schema/all.ts'
import type { CommissionDecision } from '#domain/affiliation/commission.ts'
import { commissionEarned } from '#domain/affiliation/ledger.ts'
import { parisDay } from '#domain/base/paris.ts'
import type { Policy } from '#domain/base/policy.ts'
import type { PaidSale, SaleAffiliate } from '#domain/selling/paid-sale.ts'
import type { Ctx } from '#api/context.ts'
import { holdsDecidedOn } from './decided-on.ts'
import type { LoadedSettlement } from './load-settlement.ts'

/** What `earn_commission` writes; nothing when nobody is owed for the sale. */
export function earnedRecord(ctx: Ctx, loaded: LoadedSettlement, sale: PaidSale, policy: Policy) {
  const { affiliate, commission, pearls } = sale
  if (!affiliate || !commission) return
  const { product } = loaded
  const id = ctx.newId()
  // For a held commission these wait for its release.
  const counts = commission.status === 'LOCKED'
  const { riskLevel, firstCommissionAt, guildId, isTrusted } = affiliate
  return {
    affiliateId: affiliate.id,
    commission: commissionRow(id, loaded, affiliate, commission),
    moves: commissionEarned(commission.totalCents).moves,
    refs: { commissionId: id, description: `Commission · ${product.name}` },
    holds: holdsDecidedOn(ctx, loaded, affiliate, policy),
    affiliate: { riskLevel, firstCommissionAt, guildId, isTrusted, pearls, counts },
    counted: counts ? countedRecord(ctx, loaded, sale, commission, guildId) : undefined,
    notice: {
      id: ctx.newId(),
      kind: counts ? 'commission_earned' : 'commission_held',
      payload: { commissionId: id, amountCents: commission.totalCents, product: product.name, boosted: commission.boost !== null },
    },
  }
}

function commissionRow(
  id: string,
  { invoice, customer, program }: LoadedSettlement,
  { guildId }: SaleAffiliate,
  commission: CommissionDecision,
) {
  const { totalCents, split: _split, boost: _boost, heldReasons, metadata, ...row } = commission
  return jsonRow(affiliateCommissions, {
    ...row,
    id,
    affiliateProgramId: program?.id ?? '',
    customerId: customer.id,
    invoiceId: invoice.id,
    totalAmount: totalCents,
    currency: invoice.currency,
    heldReasons: [...heldReasons],
    // The guild at the moment of the sale: it keeps it.
    metadata: { ...metadata, guildId },
  })
}

/** What a sale counts for at once: the day's figures of its link, the boards, pearls, and the boost that raised it. */
function countedRecord(ctx: Ctx, loaded: LoadedSettlement, sale: PaidSale, commission: CommissionDecision, guildId: string | null) {
  const { invoice, product } = loaded
  const { pearls, attribution } = sale
  return {
    linkId: attribution.bind?.linkId ?? attribution.keep?.linkId ?? '',
    productId: product.id,
    day: parisDay(ctx.now),
    guildId,
    salesCents: invoice.amountIncludingTax,
    commissionCents: commission.totalCents,
    pearls: pearls > 0 ? { id: ctx.newId(), amount: pearls, description: product.name, invoiceId: invoice.id } : undefined,
    redemptionId: commission.boost?.redemptionId ?? null,
  }
}
