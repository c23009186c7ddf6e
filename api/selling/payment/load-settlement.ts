import { and, desc, eq, isNull, lte, ne, sql, type SQL } from 'drizzle-orm'
import {
  affiliateAttributions,
  affiliatePrograms,
  auditLog,
  checkoutSessions,
  communities,
  customers,
  invoices,
  paymentAttempts,
  plans,
  policies,
  products,
  stamUsers,
} from '#db/schema/all.ts'
import { AppError } from '#domain/error.ts'
import type { Told } from '#domain/selling/settlement.ts'
import type { Ctx } from '#api/context.ts'
import { selectAffiliate } from './select-affiliates.ts'
import { attemptScalars, type AttemptScalars } from './attempt-scalars.ts'

/**
 * Everything that deciding an answer about one attempt needs, in one round trip: the statements go as one batch. `fingerprint` is what an answer
 * said of the card and no write has kept yet.
 */
export async function loadSettlement(ctx: Ctx, attemptId: string, fingerprint: string | null = null) {
  const of = attemptScalars(attemptId)
  const [core, attributions, affiliates, policy, earlier, told] = await ctx.db.batch([
    selectCore(ctx, attemptId),
    selectAttribution(ctx, of),
    selectAffiliate(ctx, attemptId, of, fingerprint),
    ctx.db.select().from(policies).where(lte(policies.validFrom, ctx.now)).orderBy(desc(policies.version)).limit(1),
    selectEarlier(ctx, of),
    selectTold(ctx, attemptId),
  ])
  const [row] = core
  if (!row) throw new AppError('not_found')
  return { ...row, attributions, affiliates, policyRow: policy[0] ?? null, earlierKinds: earlier.map(({ kind }) => kind), told: told.rows }
}

export type LoadedSettlement = Awaited<ReturnType<typeof loadSettlement>>

/** Money that does not fit, of which the owner has been told: the audit log keeps each by its name at the processor. */
function selectTold({ db }: Ctx, attemptId: string) {
  return db.execute<Told>(sql`select split_part(l.action, '.', 2) as kind, l.after ->> 'processorId' as "processorId" from ${auditLog} l
    where l."targetType" = 'payment_attempt' and l."targetId" = ${attemptId} and l.action in ('payment.paid_twice', 'payment.mismatch')`)
}

/** A buyer in a community, by their ids or by what finds them. */
type BuyerIn = Record<'stamUserId' | 'communityId', SQL<string> | string>

function selectCore({ db }: Ctx, attemptId: string) {
  return db
    .select({
      attempt: paymentAttempts,
      invoice: invoices,
      customer: customers,
      checkout: checkoutSessions,
      product: products,
      community: communities,
      plan: plans,
      program: affiliatePrograms,
      buyer: { id: stamUsers.id, email: stamUsers.email, displayName: stamUsers.displayName, locale: stamUsers.locale },
    })
    .from(paymentAttempts)
    .innerJoin(invoices, eq(invoices.id, paymentAttempts.invoiceId))
    .innerJoin(customers, eq(customers.id, invoices.customerId))
    .innerJoin(stamUsers, eq(stamUsers.id, customers.stamUserId))
    .innerJoin(products, eq(products.id, customers.productId))
    .innerJoin(communities, eq(communities.id, products.communityId))
    .innerJoin(plans, eq(plans.id, invoices.planId))
    .leftJoin(checkoutSessions, eq(checkoutSessions.id, paymentAttempts.checkoutSessionId))
    .leftJoin(affiliatePrograms, eq(affiliatePrograms.productId, products.id))
    .where(eq(paymentAttempts.id, attemptId))
    .limit(1)
}

/** Who brought this buyer so far, in this community: the product's own attribution and, for a paid upgrade, a free or lower tier's. */
function selectAttribution({ db }: Ctx, of: AttemptScalars) {
  return db
    .select({ attribution: affiliateAttributions, subscriptionStatus: customers.status, subscriptionEndsAt: customers.subscriptionEndsAt })
    .from(affiliateAttributions)
    .innerJoin(customers, eq(customers.id, affiliateAttributions.customerId))
    .innerJoin(products, eq(products.id, affiliateAttributions.productId))
    .where(isLiveOf(of))
    .orderBy(desc(affiliateAttributions.boundAt))
}

/** Not replaced. No limit: a buyer has few of a community's products, and the write must find the very same ones. */
function isLiveOf(of: BuyerIn) {
  return and(isNull(affiliateAttributions.replacedAt), eq(customers.stamUserId, of.stamUserId), eq(products.communityId, of.communityId))
}

/** The ids of what `selectAttribution` finds. */
export function liveAttributionIds({ db }: Ctx, of: BuyerIn) {
  return db
    .select({ id: affiliateAttributions.id })
    .from(affiliateAttributions)
    .innerJoin(customers, eq(customers.id, affiliateAttributions.customerId))
    .innerJoin(products, eq(products.id, affiliateAttributions.productId))
    .where(isLiveOf(of))
}

/** The kinds of invoice that this buyer already paid in this community: they decide whether a program without renewals still owes a commission. */
export function selectEarlier({ db }: Ctx, of: BuyerIn, butInvoiceId = '') {
  return db
    .selectDistinct({ kind: invoices.kind })
    .from(invoices)
    .innerJoin(customers, eq(customers.id, invoices.customerId))
    .innerJoin(products, eq(products.id, customers.productId))
    .where(
      and(
        eq(customers.stamUserId, of.stamUserId),
        eq(products.communityId, of.communityId),
        sql`${invoices.status} in ('PAID', 'REFUNDED')`,
        ne(invoices.id, butInvoiceId),
      ),
    )
}
