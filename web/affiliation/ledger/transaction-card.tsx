import { Link } from '@tanstack/react-router'
import { accountsOf, type LedgerFilter } from '#domain/affiliation/lists.ts'
import { accountWords, entryWords } from '#web/affiliation/words.ts'
import type { Transaction } from '#web/data/ledger.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Card } from '#web/ui/card.tsx'
import { formatDateTime } from '#web/ui/format.ts'
import { Money } from '#web/ui/money.tsx'
import { Table, type Column } from '#web/ui/table.tsx'

type Line = Transaction['lines'][number]

function columns(mainType: Line['type']): Array<Column<Line>> {
  const name = (line: Line) =>
    line.type === mainType ? accountWords[line.account]() : `${accountWords[line.account]()} · ${entryWords[line.type]()}`
  return [
    { key: 'account', header: m.affiliation_ledger_account(), cell: name },
    { key: 'amount', header: m.affiliation_ledger_amount(), cell: (line) => <Money cents={line.amountCents} signed />, end: true },
    { key: 'balance', header: m.affiliation_ledger_balance(), cell: (line) => <Money cents={line.balanceAfterCents} />, end: true },
  ]
}

/** An adjustment is explained by whoever made it; every other kind is explained by its name. */
function isAdjustment(type: Line['type']): boolean {
  return type === 'ADJUSTMENT_CREDIT' || type === 'ADJUSTMENT_DEBIT'
}

type TransactionCardProps = { transaction: Transaction; account: LedgerFilter | undefined }

export function TransactionCard({ transaction, account }: TransactionCardProps) {
  const { type, eventAt, commissionId, description } = transaction
  const name = entryWords[type]()
  const day = formatDateTime(eventAt)
  // The account one looks at comes first, the platform's mirror last.
  const lines = transaction.lines.toSorted((a, b) => rank(a, account) - rank(b, account))
  return (
    <Card
      flush
      title={name}
      action={
        commissionId && (
          <Link to="/commissions/$id" params={{ id: commissionId }}>
            {m.affiliation_ledger_open()}
          </Link>
        )
      }
      className="ledger__item"
    >
      <p className="ledger__day">
        {day}
        {isAdjustment(type) && ` · ${description}`}
      </p>
      <Table
        caption={m.affiliation_ledger_caption({ type: name, day })}
        columns={columns(type)}
        rows={lines}
        rowKey={(line) => `${line.account}-${line.type}`}
        sheets={false}
      />
    </Card>
  )
}

function rank(line: Line, account: LedgerFilter | undefined): number {
  if (account && accountsOf(account).includes(line.account)) return 0
  return line.account === 'PLATFORM' ? 2 : 1
}
