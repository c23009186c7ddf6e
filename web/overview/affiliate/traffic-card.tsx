import type { AffiliateHome } from '#web/data/overview.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Figures } from '#web/overview/figure.tsx'
import { Card } from '#web/ui/card.tsx'
import { trafficFigures } from './figures.ts'

/** What one's links brought in the days shown, and what that earned. */
export function TrafficCard({ home }: { home: AffiliateHome }) {
  return (
    <Card title={m.overview_traffic({ days: home.period.days })}>
      <Figures figures={trafficFigures(home)} />
    </Card>
  )
}
