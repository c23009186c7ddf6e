import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import { must } from '#db/client.ts'
import { plus } from '#db/counter.ts'
import { affiliateProfiles, weoktoUsers } from '#db/schema/all.ts'
import type { CommissionDecision } from '#domain/affiliation/commission.ts'
import type { Policy } from '#domain/base/policy.ts'
import type { PaidSale, SaleAffiliate } from '#domain/selling/paid-sale.ts'
import { attributionStatements } from '#api/affiliation/attribution/statements.ts'
import { commissionNotice, commissionStatements, countedStatements, type CommissionOn } from '#api/affiliation/commission/statements.ts'
import type { Ctx } from '#api/context.ts'
import { boardStatements } from '#api/play/competition/statements.ts'
import { pearlStatements } from '#api/play/pearl/statements.ts'
import { holdsUnchanged } from './decided-on.ts'
import type { LoadedSettlement } from './load-settlement.ts'
import { claimOf } from './sale-facts.ts'

/** The statements of a paid sale that concern affiliates; none when nobody brought the client. */
export function affiliateStatements(ctx: Ctx, loaded: LoadedSettlement, sale: PaidSale, policy: Policy): BatchItem<'pg'>[] {
  const claim = claimOf(loaded.checkout?.attribution ?? null)
  return [
    ...attributionStatements(ctx, loaded.customer.id, sale.attribution, claim),
    ...(sale.affiliate && sale.commission ? earningStatements(ctx, loaded, sale, sale.affiliate, sale.commission, policy) : []),
  ]
}

function earningStatements(
  ctx: Ctx,
  loaded: LoadedSettlement,
  sale: PaidSale,
  affiliate: SaleAffiliate,
  commission: CommissionDecision,
  policy: Policy,
): BatchItem<'pg'>[] {
  const { invoice, customer, program, product } = loaded
  const on: CommissionOn = {
    id: ctx.newId(),
    programId: program?.id ?? '',
    affiliateId: affiliate.id,
    guildId: affiliate.guildId,
    customerId: customer.id,
    invoiceId: invoice.id,
    currency: invoice.currency,
    product,
  }
  // For a held commission these wait for its release.
  const counts = commission.status === 'LOCKED'
  return [
    ...commissionStatements(ctx, on, commission),
    // After the ledger, because its jobs lock a commission, then the balances, then the person.
    // What was decided rests on these: a first commission, a risk level, a block, a change of guild that came in between means deciding again.
    holdsUnchanged(ctx, loaded, affiliate, policy),
    ...affiliateUnchanged(ctx, affiliate, { pearls: sale.pearls, counts }),
    ...(counts ? countingStatements(ctx, on, invoice.amountIncludingTax, sale, commission) : []),
    commissionNotice(ctx, on, commission),
  ]
}

/** The person and their profile as they were decided on; pearls and a first commission are written with it. */
function affiliateUnchanged({ db, now }: Ctx, affiliate: SaleAffiliate, { pearls, counts }: { pearls: number; counts: boolean }) {
  const { firstCommissionAt } = affiliate
  return [
    must(
      db,
      'affiliate_unchanged',
      db
        .update(weoktoUsers)
        .set({
          ...(counts ? { firstCommissionAt: firstCommissionAt ?? now } : {}),
          pearlBalance: sql`${plus(weoktoUsers.pearlsEarned, pearls)} - ${weoktoUsers.pearlsSpent}`,
          pearlsEarned: plus(weoktoUsers.pearlsEarned, pearls),
          updatedAt: now,
        })
        .where(
          and(
            eq(weoktoUsers.id, affiliate.id),
            eq(weoktoUsers.riskLevel, affiliate.riskLevel),
            isNull(weoktoUsers.bannedAt),
            firstCommissionAt ? eq(weoktoUsers.firstCommissionAt, firstCommissionAt) : isNull(weoktoUsers.firstCommissionAt),
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
  ]
}

/** What a sale counts for at once. */
function countingStatements(
  ctx: Ctx,
  on: CommissionOn,
  salesCents: number,
  { pearls, attribution }: PaidSale,
  commission: CommissionDecision,
) {
  const { affiliateId, guildId, invoiceId, product } = on
  const linkId = attribution.bind?.linkId ?? attribution.keep?.linkId ?? ''
  const [day, ...raised] = countedStatements(ctx, on, commission, { linkId, salesCents })
  return [
    ...(day ? [day] : []),
    ...boardStatements(ctx, { affiliateId, guildId, salesCents }),
    ...pearlStatements(ctx, { affiliateId, pearls, productName: product.name, invoiceId }),
    ...raised,
  ]
}
