import type { ReactNode } from 'react'
import type { AffiliateHome } from '#web/data/overview.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { FigureLink } from '#web/shell/links.tsx'
import { Card } from '#web/ui/card.tsx'
import { formatMoney, formatNumber, formatRate } from '#web/ui/format.ts'

type Traffic = AffiliateHome['period']['now']

function rate(bps: number | null): string {
  return bps === null ? m.overview_none_yet() : formatRate(bps)
}

function money(cents: number | null): string {
  return cents === null ? m.overview_none_yet() : formatMoney(cents)
}

/** Clicks as they came, as they count and as they were put aside, and what they earned. */
export function TrafficCard({ period: { days, now, before } }: { period: AffiliateHome['period'] }) {
  const earlier = (text: (traffic: Traffic) => string) => m.overview_own_before({ value: text(before) })
  return (
    <Card title={m.overview_traffic({ days })}>
      <div className="ui-grid wk-figures">
        <Clicks label={m.affiliation_gross()} value={formatNumber(now.grossClicks)} note={earlier((it) => formatNumber(it.grossClicks))} />
        <Clicks
          label={m.affiliation_unique()}
          value={formatNumber(now.uniqueClicks)}
          note={earlier((it) => formatNumber(it.uniqueClicks))}
        />
        <Clicks label={m.affiliation_filtered()} value={formatNumber(now.filteredClicks)} note={m.overview_filtered_note()} />
        <FigureLink
          to="/commissions"
          label={m.overview_conversion()}
          value={rate(now.conversionBps)}
          note={`${m.overview_conversion_note({ count: now.salesCount })} · ${earlier((it) => rate(it.conversionBps))}`}
        />
        <FigureLink
          to="/links"
          search={{ sort: 'commission' }}
          label={m.overview_epc()}
          value={money(now.epcCents)}
          note={`${m.overview_epc_note()} · ${earlier((it) => money(it.epcCents))}`}
        />
      </div>
    </Card>
  )
}

function Clicks(props: { label: string; value: ReactNode; note: string }) {
  return <FigureLink to="/links" search={{ sort: 'clicks' }} {...props} />
}
