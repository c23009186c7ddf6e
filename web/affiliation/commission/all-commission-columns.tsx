import { Link } from '@tanstack/react-router'
import { floorDiv, RATE_SCALE, times } from '#domain/base/money.ts'
import { statusWords, affiliateName } from '#web/affiliation/words.ts'
import type { AnyCommission } from '#web/data/commissions.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { StatusBadge } from '#web/ui/badge.tsx'
import { DateTime } from '#web/ui/date-time.tsx'
import { formatDay, formatMoney, formatRate } from '#web/ui/format.ts'
import { Money } from '#web/ui/money.tsx'
import type { Column } from '#web/ui/table.tsx'
import { whyOf } from './commission-why.ts'

function status(row: AnyCommission) {
  const { tone, label } = statusWords[row.status]
  const held = row.status === 'PENDING_LOCK'
  const decide = row.decideBy ? m.affiliation_com_decide({ day: formatDay(row.decideBy) }) : ''
  const why = held ? [decide, ...row.heldBecause].filter(Boolean).join(' · ') : whyOf(row)
  return <StatusBadge tone={tone} label={label()} why={why} />
}

function affiliate(row: AnyCommission) {
  return (
    <span className="wk-part">
      <Link to="/admin/commissions" search={{ affiliate: row.affiliateId }}>
        {affiliateName(row)}
      </Link>
      <Link to="/admin/affiliates/$id" params={{ id: row.affiliateId }} className="ui-small">
        {row.affiliateEmail}
      </Link>
    </span>
  )
}

function sale(row: AnyCommission) {
  return (
    <span className="wk-part">
      {row.productName}
      {row.invoiceId && (
        <Link to="/admin/sales" search={{ q: row.invoiceNumber ?? row.buyerEmail ?? '', row: row.invoiceId }} className="ui-small">
          {row.buyerEmail ?? row.invoiceNumber}
        </Link>
      )}
    </span>
  )
}

/** « 30 % de 40,83 € », where that is the whole calculation: neither a fixed amount nor a bonus can be said so. */
function calculation({ rateApplied, baseCents, totalCents }: AnyCommission): string | null {
  if (rateApplied === null || baseCents === null || floorDiv(times(baseCents, rateApplied), RATE_SCALE) !== totalCents) return null
  return m.affiliation_all_com_base({ rate: formatRate(rateApplied), base: formatMoney(baseCents) })
}

function amount(row: AnyCommission) {
  const sum = calculation(row)
  return (
    <span className="wk-part wk-part--end">
      <strong>
        <Money cents={row.totalCents} />
      </strong>
      {sum && <span className="ui-small ui-muted">{sum}</span>}
      {row.keptCents !== row.totalCents && (
        <span className="ui-small ui-muted">{m.affiliation_kept({ cents: formatMoney(row.keptCents) })}</span>
      )}
    </span>
  )
}

export function allCommissionColumns(): Array<Column<AnyCommission>> {
  return [
    { key: 'affiliate', header: m.role_affiliate(), cell: affiliate },
    { key: 'sale', header: m.catalogue_product(), cell: sale },
    { key: 'status', header: m.base_status(), cell: status },
    { key: 'earnedAt', header: m.affiliation_earned_on(), cell: (row) => row.earnedAt && <DateTime at={row.earnedAt} /> },
    {
      key: 'lockedUntil',
      header: m.affiliation_com_release(),
      cell: (row) => row.lockedUntil && <DateTime at={row.lockedUntil} />,
    },
    { key: 'totalCents', header: m.base_amount(), cell: amount, end: true },
  ]
}
