import * as z from 'zod/mini'
import { PLAN_INTERVALS } from '#domain/base/enums.ts'
import type { OrderSummary } from '#domain/catalogue/plan.ts'

/** What an order costs and leads to, as it stands on the wire and, frozen, in the metadata of the DRAFT invoice. Amounts in cents, instants in ISO 8601. */
const Summary = z.object({
  kind: z.enum(['TRIAL', 'FIRST']),
  lines: z.array(z.object({ kind: z.enum(['TRIAL', 'SETUP_FEE', 'PRICE']), amountCents: z.int() })),
  dueTodayCents: z.int(),
  exclCents: z.int(),
  taxCents: z.int(),
  taxRateBps: z.int(),
  currency: z.string(),
  trialEndsAt: z.nullable(z.string()),
  periodEnd: z.nullable(z.string()),
  renewal: z.nullable(z.object({ amountCents: z.int(), at: z.string(), interval: z.enum(PLAN_INTERVALS) })),
})

export type SummaryView = z.infer<typeof Summary>

export function viewSummary(summary: OrderSummary): SummaryView {
  const { kind, lines, dueTodayCents, exclCents, taxCents, taxRateBps, currency, renewal } = summary
  return {
    kind,
    lines: lines.map((line) => ({ kind: line.kind, amountCents: line.amountCents })),
    dueTodayCents,
    exclCents,
    taxCents,
    taxRateBps,
    currency,
    trialEndsAt: summary.trialEndsAt?.toISOString() ?? null,
    periodEnd: summary.periodEnd?.toISOString() ?? null,
    renewal: renewal ? { amountCents: renewal.amountCents, at: renewal.at.toISOString(), interval: renewal.interval } : null,
  }
}

/** The summary that an invoice was drafted with, or null when it carries none (a renewal). */
export function frozenSummary(metadata: Record<string, unknown> | null): SummaryView | null {
  const parsed = Summary.safeParse(metadata?.['summary'])
  return parsed.success ? parsed.data : null
}

/** Whether two summaries ask the same of the buyer, today and later. Dates move with the clock and are not compared. */
export function sameTerms(one: SummaryView, other: SummaryView): boolean {
  return termsOf(one) === termsOf(other)
}

function termsOf({ kind, lines, dueTodayCents, exclCents, taxRateBps, currency, renewal }: SummaryView): string {
  return JSON.stringify([kind, lines, dueTodayCents, exclCents, taxRateBps, currency, renewal && [renewal.amountCents, renewal.interval]])
}
