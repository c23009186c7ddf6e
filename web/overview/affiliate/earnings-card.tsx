import type { AffiliateHome } from '#web/data/overview.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Card } from '#web/ui/card.tsx'
import { noonOf, formatEuros, formatMoney, formatShortDay } from '#web/ui/format.ts'
import { LineChart } from '#web/ui/line-chart.tsx'
import { EmptyState } from '#web/ui/states.tsx'

/** Commissions by the day they were earned, with the same number of days before behind them. */
export function EarningsCard({ period }: { period: AffiliateHome['period'] }) {
  const { days } = period
  const points = period.earnings.map(({ day, commissionCents, previousCents }) => ({
    key: day,
    label: formatShortDay(noonOf(day)),
    value: commissionCents,
    before: previousCents,
  }))
  if (points.every((point) => point.value === 0 && point.before === 0)) {
    return (
      <Card title={m.overview_earnings({ days })}>
        <EmptyState icon="chart" title={m.overview_earnings_none()}>
          {m.overview_earnings_none_text()}
        </EmptyState>
      </Card>
    )
  }
  return (
    <Card title={m.overview_earnings({ days })} action={<span className="ui-small ui-muted">{m.overview_paris_days()}</span>}>
      <LineChart
        title={m.overview_earnings({ days })}
        points={points}
        format={formatMoney}
        formatTick={formatEuros}
        seriesLabel={m.overview_earnings_series()}
        beforeLabel={m.overview_days_before({ days })}
      />
    </Card>
  )
}
