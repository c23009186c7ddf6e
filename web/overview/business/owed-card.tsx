import type { Overview } from '#web/data/overview.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Card } from '#web/ui/card.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { OWED } from './figures.ts'
import { formatMonth } from './format-month.ts'

/** What the platform owes its affiliates now, and by which month the locked part of it is released. */
export function OwedCard({ owed }: Pick<Overview, 'owed'>) {
  const months = owed.releases.map(({ month, cents }) => ({ label: month ? formatMonth(month) : m.overview_releases_held(), cents }))
  return (
    <div className="wk-halves" id={OWED}>
      <Card title={m.overview_owed_title()}>
        <Facts
          facts={[
            { label: m.ledger_account_locked(), cents: owed.lockedCents },
            { label: m.ledger_account_available(), cents: owed.availableCents },
            { label: m.affiliation_in_withdrawal(), cents: owed.inWithdrawalCents },
            { label: m.overview_owed_debt(), cents: 0 - owed.debtCents },
            { label: m.overview_owed_total(), cents: owed.totalCents, total: true },
          ]}
        />
      </Card>
      <Card title={m.overview_all_releases()}>
        {months.length === 0 ? (
          <p className="ui-muted">{m.overview_all_releases_none()}</p>
        ) : (
          <Facts facts={[...months, { label: m.ledger_account_locked(), cents: owed.lockedCents, total: true }]} />
        )}
      </Card>
    </div>
  )
}
