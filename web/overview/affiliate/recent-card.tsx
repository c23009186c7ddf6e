import { Link } from '@tanstack/react-router'
import { CommissionBadge } from '#web/affiliation/commission/commission-badge.tsx'
import type { AffiliateHome } from '#web/data/overview.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { ButtonLink } from '#web/shell/links.tsx'
import { Card } from '#web/ui/card.tsx'
import { RelativeTime } from '#web/ui/date-time.tsx'
import { Money } from '#web/ui/money.tsx'
import { EmptyState } from '#web/ui/states.tsx'

export function RecentCard({ recent }: { recent: AffiliateHome['recent'] }) {
  if (recent.length === 0) {
    return (
      <Card title={m.overview_own_recent()}>
        <EmptyState icon="money" title={m.overview_recent_none()}>
          {m.overview_recent_none_text()}
        </EmptyState>
      </Card>
    )
  }
  return (
    <Card
      title={m.overview_own_recent()}
      action={
        <ButtonLink to="/commissions" look="quiet" size="small">
          {m.overview_own_recent_all()}
        </ButtonLink>
      }
    >
      <ul className="wk-rows">
        {recent.map((commission) => (
          <li key={commission.id}>
            <span>
              <Link to="/commissions/$id" params={{ id: commission.id }}>
                {commission.productName}
              </Link>
              <span className="ui-small ui-muted">{commission.earnedAt && <RelativeTime at={commission.earnedAt} />}</span>
              <CommissionBadge commission={commission} />
            </span>
            <Money cents={commission.keptCents} signed />
          </li>
        ))}
      </ul>
    </Card>
  )
}
