import { Link } from '@tanstack/react-router'
import { kindOf, type WaitingKind } from '#domain/affiliation/waiting.ts'
import { waitingWords } from '#web/affiliation/words.ts'
import type { CommissionLine } from '#web/data/commissions.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { DateTime } from '#web/ui/date-time.tsx'
import { formatMoney } from '#web/ui/format.ts'
import { Money } from '#web/ui/money.tsx'
import type { Column } from '#web/ui/table.tsx'
import { CommissionBadge } from './commission-badge.tsx'
import { DatedMoney } from './dated-money.tsx'

/** `waits`: what of a commission was asked for stands in a column of its own, which sums to the figure that opened the list. */
export function commissionColumns(waits?: WaitingKind): Array<Column<CommissionLine>> {
  return [
    {
      key: 'product',
      header: m.catalogue_product(),
      cell: (row) => (
        <Link to="/commissions/$id" params={{ id: row.id }}>
          {row.productName}
        </Link>
      ),
    },
    { key: 'status', header: m.base_status(), cell: (row) => <CommissionBadge commission={row} /> },
    { key: 'earnedAt', header: m.affiliation_earned_on(), cell: (row) => row.earnedAt && <DateTime at={row.earnedAt} /> },
    {
      key: 'lockedUntil',
      header: m.affiliation_main_part(),
      cell: (row) => <DatedMoney cents={row.mainCents} at={row.lockedUntil} />,
    },
    {
      key: 'extended',
      header: m.affiliation_extended_part(),
      cell: (row) => <DatedMoney cents={row.extendedCents} at={row.extendedLockedUntil} />,
    },
    ...(waits ? [{ key: 'waits', header: waitingWords[waits](), cell: waiting(waits), end: true }] : []),
    { key: 'totalCents', header: m.base_amount(), cell: amount, end: true },
  ]
}

const waiting = (kind: WaitingKind) => (row: CommissionLine) => (
  <Money cents={row.waits.filter((wait) => kindOf(wait) === kind).reduce((sum, wait) => sum + wait.cents, 0)} />
)

function amount({ totalCents, keptCents }: CommissionLine) {
  return (
    <span className="wk-part wk-part--end">
      <strong>
        <Money cents={totalCents} />
      </strong>
      {keptCents !== totalCents && <span className="ui-small ui-muted">{m.affiliation_kept({ cents: formatMoney(keptCents) })}</span>}
    </span>
  )
}
