import { accountWords, entryWords } from '#web/affiliation/words.ts'
import type { Commission } from '#web/data/commissions.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Card } from '#web/ui/card.tsx'
import { DateTime } from '#web/ui/date-time.tsx'
import { Money } from '#web/ui/money.tsx'
import { Table, type Column } from '#web/ui/table.tsx'

type Line = Commission['ledger'][number]

function columns(): Array<Column<Line>> {
  return [
    { key: 'type', header: m.affiliation_ledger_line(), cell: (line) => entryWords[line.type]() },
    { key: 'account', header: m.affiliation_ledger_account(), cell: (line) => accountWords[line.account]() },
    { key: 'at', header: m.base_date(), cell: (line) => <DateTime at={line.eventAt} /> },
    { key: 'amount', header: m.affiliation_ledger_amount(), cell: (line) => <Money cents={line.amountCents} signed />, end: true },
    { key: 'balance', header: m.affiliation_ledger_balance(), cell: (line) => <Money cents={line.balanceAfterCents} />, end: true },
  ]
}

/** The lines that this commission wrote: they sum to zero. */
export function LinesCard({ lines }: { lines: readonly Line[] }) {
  if (lines.length === 0) {
    return (
      <Card title={m.affiliation_com_lines()}>
        <p className="ui-muted">{m.affiliation_com_lines_none()}</p>
      </Card>
    )
  }
  return (
    <Card title={m.affiliation_com_lines()} flush>
      <Table caption={m.affiliation_com_lines()} columns={columns()} rows={lines} rowKey={(line) => line.id} />
    </Card>
  )
}
