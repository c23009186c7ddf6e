import { and, eq, sql, type SQL } from 'drizzle-orm'
import { must } from '#db/client.ts'
import { invoices, paymentAttempts } from '#db/schema/all.ts'
import type { OrderSummary } from '#domain/catalogue/plan.ts'
import { OPEN_ATTEMPTS } from '#domain/selling/enums.ts'
import type { Ctx } from '#api/context.ts'
import { frozenSummary, sameTerms, viewSummary } from './summary-view.ts'

export interface Draft {
  checkout: { id: string; country: string }
  /** The one that the checkout has so far. */
  invoice: { id: string; status: string; metadata: Record<string, unknown> | null } | null
  plan: { id: string; currency: string }
  customerId: string | SQL<string>
  summary: OrderSummary
}

/**
 * The invoice that the order page restates, priced as `summary` says. A DRAFT is priced anew. One that was ordered and refused keeps its amounts:
 * with other terms it becomes VOID, so that a late answer about it can pay nothing else, and a new DRAFT takes its place.
 */
export function draftInvoice(ctx: Ctx, { checkout, invoice, plan, customerId, summary }: Draft) {
  const { db, now } = ctx
  const ordered = invoice?.status === 'PENDING'
  const frozen = ordered ? frozenSummary(invoice.metadata) : null
  if (frozen && sameTerms(frozen, viewSummary(summary))) return []
  const priced = {
    amountExcludingTax: summary.exclCents,
    taxAmount: summary.taxCents,
    amountIncludingTax: summary.dueTodayCents,
    kind: summary.kind,
    taxRateBps: summary.taxRateBps,
    country: checkout.country,
    periodStart: now,
    periodEnd: summary.periodEnd,
    metadata: { summary: viewSummary(summary) },
    updatedAt: now,
  }
  return [
    ...(ordered ? [voidOrdered(ctx, invoice.id)] : []),
    db
      .insert(invoices)
      .values({
        ...priced,
        id: ctx.newId(),
        customerId: sql`${customerId}`,
        planId: plan.id,
        currency: plan.currency,
        status: 'DRAFT',
        checkoutSessionId: checkout.id,
        createdAt: now,
      })
      .onConflictDoUpdate({ target: invoices.checkoutSessionId, set: priced, setWhere: eq(invoices.status, 'DRAFT') }),
  ]
}

/** The checkout's invoice, once the statements above have run. */
export function invoiceOf(checkoutId: string): SQL<string> {
  return sql<string>`(select id from ${invoices} where "checkoutSessionId" = ${checkoutId})`
}

/** It leaves its checkout, which has one invoice; its attempts still name both. */
function voidOrdered({ db, now }: Ctx, id: string) {
  const open = sql`exists (select from ${paymentAttempts} a where a."invoiceId" = ${id} and a.status in ${OPEN_ATTEMPTS})`
  return must(
    db,
    'order_refused',
    db
      .update(invoices)
      .set({ status: 'VOID', voidedAt: now, checkoutSessionId: null, updatedAt: now })
      .where(and(eq(invoices.id, id), eq(invoices.status, 'PENDING'), sql`not ${open}`)),
  )
}
