import type { AffiliateHome } from '#web/data/overview.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Figures, Sums } from '#web/overview/figure.tsx'
import { moneyFigures, sumFigures } from './figures.ts'

/** The parts of one's account, each with the rows that it sums, and what they come to. */
export function MoneyFigures({ home }: { home: AffiliateHome }) {
  return (
    <section aria-label={m.overview_money()} className="ui-stack">
      <Figures figures={moneyFigures(home)} />
      <Sums figures={sumFigures(home)} />
    </section>
  )
}
