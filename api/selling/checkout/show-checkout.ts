import { hasAccess } from '#domain/base/enums.ts'
import { isForReturning, orderSummary } from '#domain/catalogue/plan.ts'
import type { CheckoutStep } from '#domain/selling/checkout.ts'
import type { Ctx } from '#api/context.ts'
import { addressOf } from '#api/sites.ts'
import { asksProof } from './buyer.ts'
import { loadCheckout, type LoadedCheckout, type OwnCheckout } from './load-checkout.ts'
import { viewOffer } from './show-offer.ts'
import { frozenSummary, viewSummary, type SummaryView } from './summary-view.ts'

/** The steps after the first in which a code may have to be typed. */
const ASKS_LATE: ReadonlySet<CheckoutStep> = new Set(['REVIEW', 'DECLINED', 'PAID', 'GIVE_BACK'])

/** The state of one's own checkout, as the page asks for it again and again: reading changes nothing. */
export async function showCheckout(ctx: Ctx, input: OwnCheckout) {
  const loaded = await loadCheckout(ctx, input)
  const { checkout, attempt, step, policy } = loaded
  return {
    id: checkout.id,
    step,
    ...viewOffer(ctx, loaded),
    email: checkout.email,
    /** Nothing more is ordered or opened here until the mailed code has been typed. */
    asksCode: ASKS_LATE.has(step) && asksProof(loaded),
    country: checkout.country,
    expiresAt: checkout.expiresAt.toISOString(),
    card: checkout.last4
      ? {
          brand: checkout.brand,
          last4: checkout.last4,
          expMonth: checkout.expMonth,
          expYear: checkout.expYear,
          capturedAt: checkout.cardCapturedAt?.toISOString() ?? null,
        }
      : null,
    summary: summaryOf(ctx, loaded),
    termsVersion: policy.terms.sale,
    coolingOffDays: policy.refund.coolingOffDays,
    declineCode: step === 'DECLINED' ? (attempt?.declineCode ?? 'unknown') : null,
    /** Until when ordering waits after too many refusals. */
    waitUntil: checkout.waitUntil && checkout.waitUntil > ctx.now ? checkout.waitUntil.toISOString() : null,
    bankUrl: step === 'BANK' ? (attempt?.redirectUrl ?? null) : null,
    invoiceNumber: step === 'PAID' ? (loaded.invoice?.number ?? null) : null,
    astray: step === 'GIVE_BACK' ? viewAstray(ctx, loaded) : null,
  }
}

/** A payment that bought nothing: how much, since when, what became of it, whom to ask, and what its buyer has all the same. */
function viewAstray(ctx: Ctx, { astray, checkout, customer }: LoadedCheckout) {
  const owns: 'account' | 'nothing' = customer !== null && hasAccess(customer.status) ? 'account' : 'nothing'
  return {
    // Of a payment that came otherwise than asked for only the processor knows how much it was.
    amountCents: astray?.discrepancy === 'mismatch' ? null : (astray?.amountCents ?? 0),
    at: astray?.discrepancyAt?.toISOString() ?? null,
    resolvedAt: astray?.discrepancyResolvedAt?.toISOString() ?? null,
    reference: astray?.processorId ?? astray?.id ?? null,
    opens: checkout.state === 'PAID' ? ('order' as const) : owns,
    askAt: addressOf(ctx.config, ctx.platform),
  }
}

/** What will be charged: the DRAFT invoice's frozen words once a card is there, before that the plan's as of now. */
function summaryOf(ctx: Ctx, { invoice, plan, product, checkout, policy }: LoadedCheckout): SummaryView {
  const frozen = invoice ? frozenSummary(invoice.metadata) : null
  return (
    frozen ??
    viewSummary(
      orderSummary(plan, {
        country: checkout.country,
        policy,
        now: ctx.now,
        returning: isForReturning({ product, plan }),
        trialUsed: false,
      }),
    )
  )
}
