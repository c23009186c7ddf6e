import { daysText } from '#domain/base/paris.ts'
import type { Overview } from '#web/data/overview.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import type { Figure } from '#web/overview/figure.tsx'
import { formatMoney } from '#web/ui/format.ts'
import { formatNumber } from '#web/ui/number-format.ts'

/** Where on the page what is owed stands in parts. */
export const OWED = 'owed'

const NO_CUSTOMERS = 'No list of customers exists yet.'

/** The owner's figures, each with the rows that it sums. */
export function businessFigures({ period, owed, subscribers }: Overview) {
  const { days, now, before, revenue } = period
  const shown = daysText({ from: revenue[0]?.day ?? '', to: revenue.at(-1)?.day ?? '' })
  const sold = { to: '/admin/sales', search: { period: shown } }
  const people = (status: string) => subscribers[status] ?? 0
  return {
    revenue: {
      label: m.overview_revenue({ days }),
      value: { cents: now.amountCents },
      note: m.overview_revenue_note({ tax: formatMoney(now.taxCents), before: formatMoney(before.amountCents) }),
      tone: 'success',
      opens: sold,
    },
    sales: {
      label: m.affiliation_sales(),
      value: { count: now.salesCount },
      note: m.overview_before({ value: formatNumber(before.salesCount) }),
      opens: sold,
    },
    refunded: {
      label: m.overview_refunded(),
      value: { cents: now.refundedCents },
      note: m.overview_before({ value: formatMoney(before.refundedCents) }),
      opens: { to: '/admin/sales', search: { refunds: shown } },
    },
    owed: {
      label: m.overview_owed(),
      value: { cents: owed.totalCents },
      note: m.overview_owed_note(),
      opens: { to: '/admin', hash: OWED },
    },
    subscribers: {
      label: m.overview_subscribers(),
      value: { count: people('ACTIVE') },
      note: m.overview_subscribers_note({ count: people('TRIAL') }),
      opens: { nowhere: NO_CUSTOMERS },
    },
    pastDue: {
      label: m.purchase_status_past_due(),
      value: { count: people('PAST_DUE') },
      note: m.overview_past_due_note({ count: people('CANCELLED') }),
      opens: { nowhere: NO_CUSTOMERS },
    },
  } satisfies Record<string, Figure>
}
