import '#web/shell/pages.css'
import { useSuspenseQuery } from '@tanstack/react-query'
import { overviewQuery, type Overview } from '#web/data/overview.ts'
import { ButtonLink } from '#web/shell/links.tsx'
import * as m from '#web/i18n/paraglide/messages.js'
import { BarChart } from '#web/ui/bar-chart.tsx'
import { Card } from '#web/ui/card.tsx'
import { formatEuros, formatMoney, formatShortDay, noonOf } from '#web/ui/format.ts'
import { PageHeader } from '#web/ui/page-header.tsx'
import { EmptyState } from '#web/ui/states.tsx'
import { Table } from '#web/ui/table.tsx'
import { AdminNav } from '#web/shell/back-office/nav.tsx'
import { ChargesCard } from '#web/selling/payment/charges-card.tsx'
import { Figures } from '#web/overview/figure.tsx'
import { businessFigures } from './figures.ts'
import { DecisionsCard } from './decisions-card.tsx'
import { OwedCard } from './owed-card.tsx'
import { allInvoiceColumns } from '#web/selling/invoice/all-invoice-columns.tsx'

/** The owner's first look. */
export function OverviewScreen() {
  const { data } = useSuspenseQuery(overviewQuery)
  return (
    <>
      <AdminNav />
      <PageHeader title={m.overview_title_overview()} lead={m.overview_lead()} />
      <div className="ui-stack wk-page">
        <DecisionsCard decisions={data.decisions} />
        <Figures figures={businessFigures(data)} />
        <RevenueCard period={data.period} />
        <OwedCard owed={data.owed} />
        <ChargesCard charges={data.charges} />
        <RecentSales recent={data.recent} />
      </div>
    </>
  )
}

function RevenueCard({ period: { days, revenue } }: Pick<Overview, 'period'>) {
  const points = revenue.map(({ day, amountCents, previousCents }) => ({
    key: day,
    label: formatShortDay(noonOf(day)),
    value: amountCents,
    before: previousCents,
  }))
  return (
    <Card title={m.overview_revenue_chart()} action={<span className="ui-small ui-muted">{m.overview_paris_days()}</span>}>
      <BarChart
        title={m.overview_revenue_chart()}
        points={points}
        format={formatMoney}
        formatTick={formatEuros}
        seriesLabel={m.overview_revenue_series({ days })}
        beforeLabel={m.overview_days_before({ days })}
      />
    </Card>
  )
}

function RecentSales({ recent }: Pick<Overview, 'recent'>) {
  const all = (
    <ButtonLink to="/admin/sales" look="quiet" size="small">
      {m.overview_all_recent_all()}
    </ButtonLink>
  )
  return (
    <Card title={m.overview_all_recent()} action={all} flush>
      <Table
        caption={m.overview_all_recent()}
        columns={allInvoiceColumns()}
        rows={recent}
        rowKey={(sale) => sale.id}
        empty={
          <EmptyState icon="money" title={m.selling_sales_none()}>
            {m.selling_sales_none_text()}
          </EmptyState>
        }
      />
    </Card>
  )
}
