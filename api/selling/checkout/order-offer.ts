import { and, eq, isNull, sql, type Column } from 'drizzle-orm'
import { must } from '#db/client.ts'
import { checkoutSessions, communities, invoices, manualPaymentButtons, plans, products } from '#db/schema/all.ts'
import { assertMayBegin, orderSummary, type OrderSummary } from '#domain/catalogue/plan.ts'
import { AppError } from '#domain/error.ts'
import type { Ctx } from '#api/context.ts'
import { draftInvoice, invoiceOf } from './draft-invoice.ts'
import type { LoadedCheckout } from './load-checkout.ts'
import { assertOfferOnSale } from './offer.ts'
import { frozenSummary, sameTerms, viewSummary } from './summary-view.ts'

/** The name under which an order is refused whose offer changed while it was written. */
export const OFFER_UNCHANGED = 'offer_unchanged'

/**
 * The half hour since the button was pressed is long enough for the offer to go: what is ordered is asked once more whether it is on sale, to this person,
 * on the terms that the page restated. With other terms the page gets them, and nothing is charged.
 */
export async function assertStillOffered(ctx: Ctx, loaded: LoadedCheckout, invoice: NonNullable<LoadedCheckout['invoice']>): Promise<void> {
  const { checkout, plan, policy, customer } = loaded
  assertOfferOnSale(loaded, policy, ctx.now)
  assertMayBegin(loaded, customer)
  const due = orderSummary(plan, {
    country: checkout.country,
    policy,
    now: ctx.now,
    returning: customer?.status === 'EXPIRED',
    // Whether a trial is due was settled with the draft, and is guarded in the order's own write.
    trialUsed: invoice.kind !== 'TRIAL',
  })
  const frozen = frozenSummary(invoice.metadata)
  if (frozen && sameTerms(frozen, viewSummary(due))) return
  await restate(ctx, loaded, invoice, due)
  throw new AppError('order_changed')
}

async function restate(
  ctx: Ctx,
  loaded: LoadedCheckout,
  invoice: NonNullable<LoadedCheckout['invoice']>,
  summary: OrderSummary,
): Promise<void> {
  const { checkout, plan } = loaded
  const { db, now } = ctx
  await db.batch([
    db.execute(sql`select id from ${invoices} where id = ${invoice.id} for update`),
    ...draftInvoice(ctx, { checkout, invoice, plan, customerId: invoice.customerId, summary }),
    must(
      db,
      'checkout_unchanged',
      db
        .update(checkoutSessions)
        .set({ invoiceId: invoiceOf(checkout.id), updatedAt: now })
        .where(and(eq(checkoutSessions.id, checkout.id), eq(checkoutSessions.updatedAt, checkout.updatedAt))),
    ),
  ])
}

/** In the order's write: all that the sale was allowed by is still as it was read, the policy with its switches included. */
export function offerStatement({ db, now }: Ctx, { button, plan, product, community, policyVersion }: LoadedCheckout) {
  const unchanged = db
    .select({ one: sql`1` })
    .from(manualPaymentButtons)
    .innerJoin(plans, eq(plans.id, plan.id))
    .innerJoin(products, eq(products.id, product.id))
    .innerJoin(communities, eq(communities.id, community.id))
    .where(
      and(
        eq(manualPaymentButtons.id, button.id),
        eq(manualPaymentButtons.isActive, button.isActive),
        eq(products.isActive, product.isActive),
        eq(products.isPublished, product.isPublished),
        same(products.publishedAt, product.publishedAt),
        eq(products.requiresTrial, product.requiresTrial),
        eq(communities.isActive, community.isActive),
        eq(plans.isActive, plan.isActive),
        eq(plans.priceAmount, plan.priceAmount),
        eq(plans.billingInterval, plan.billingInterval),
        same(plans.trialDays, plan.trialDays),
        same(plans.trialAmount, plan.trialAmount),
        same(plans.setupFee, plan.setupFee),
        same(plans.maxBillingCycles, plan.maxBillingCycles),
        sql`(select max(version) from policies where "validFrom" <= ${now.toISOString()}::timestamp) is not distinct from ${policyVersion}::int`,
      ),
    )
  return db.execute(sql`select guard(exists(${unchanged.getSQL()}), ${OFFER_UNCHANGED})`)
}

const same = (column: Column, value: unknown) => (value === null ? isNull(column) : eq(column, value))
