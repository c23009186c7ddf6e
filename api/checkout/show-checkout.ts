import { orderSummary } from '#domain/plan.ts'
import type { Ctx } from '#api/context.ts'
import { loadCheckout, type LoadedCheckout, type OwnCheckout } from './load-checkout.ts'
import { offerView } from './show-offer.ts'
import { frozenSummary, summaryView, type SummaryView } from './summary-view.ts'

/** The state of one's own checkout, as the page asks for it again and again: reading changes nothing. */
export async function showCheckout(ctx: Ctx, input: OwnCheckout) {
  const loaded = await loadCheckout(ctx, input)
  const { checkout, attempt, step, policy } = loaded
  return {
    id: checkout.id,
    step,
    ...offerView(ctx, loaded),
    email: checkout.email,
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
    withdrawalDays: policy.refund.withdrawalDays,
    declineCode: step === 'DECLINED' ? (attempt?.declineCode ?? 'unknown') : null,
    bankUrl: step === 'BANK' ? (attempt?.redirectUrl ?? null) : null,
    invoiceNumber: step === 'PAID' ? (loaded.invoice?.number ?? null) : null,
  }
}

/** What will be charged: the DRAFT invoice's frozen words once a card is there, before that the plan's as of now. */
function summaryOf(ctx: Ctx, { invoice, plan, checkout, policy }: LoadedCheckout): SummaryView {
  const frozen = invoice ? frozenSummary(invoice.metadata) : null
  return frozen ?? summaryView(orderSummary(plan, { country: checkout.country, policy, now: ctx.now, returning: false, trialUsed: false }))
}
