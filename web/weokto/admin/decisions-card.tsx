import { useState } from 'react'
import type { Discrepancy, MoneyBack, Overview } from '#web/data/admin.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Button } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { DateTime } from '#web/ui/date-time.tsx'
import { Money } from '#web/ui/money.tsx'
import { StatusBadge } from '#web/ui/badge.tsx'
import { Table, type Column } from '#web/ui/table.tsx'
import { discrepancyWords, moneyBackWords } from './decision-words.ts'
import { ResolveDialog } from './resolve-dialog.tsx'

type Decision =
  | { id: string; at: string | null; discrepancy: Discrepancy; moneyBack?: never }
  | { id: string; at: string | null; discrepancy?: never; moneyBack: MoneyBack }

/** What waits for the owner, oldest first: money that fits no order, and money that went back without us. */
export function DecisionsCard({ decisions }: Pick<Overview, 'decisions'>) {
  const [resolving, setResolving] = useState<Discrepancy>()
  const rows = inOrder(decisions)
  return (
    <>
      <Card title={m.admin_decide_title()} flush={rows.length > 0}>
        {rows.length === 0 ? (
          <p className="ui-muted">{m.admin_decide_none()}</p>
        ) : (
          <Table caption={m.admin_decide_title()} columns={columnsOf(setResolving)} rows={rows} rowKey={(row) => row.id} />
        )}
        {decisions.hasMore && <p className="ui-small ui-muted wk-more">{m.admin_decide_more()}</p>}
      </Card>
      <ResolveDialog discrepancy={resolving} onClose={() => setResolving(undefined)} />
    </>
  )
}

function inOrder({ discrepancies, moneyBack }: Overview['decisions']): Decision[] {
  const rows: Decision[] = [
    ...discrepancies.map((one) => ({ id: one.id, at: one.at, discrepancy: one })),
    ...moneyBack.map((one) => ({ id: one.id, at: one.at, moneyBack: one })),
  ]
  return rows.toSorted((a, b) => (a.at ?? '').localeCompare(b.at ?? ''))
}

function factsOf({ discrepancy, moneyBack }: Decision) {
  if (discrepancy) return { ...discrepancy, ...discrepancyWords(discrepancy), cents: discrepancy.saidCents }
  return { ...moneyBack, ...moneyBackWords(moneyBack), cents: moneyBack.amountCents }
}

function what(row: Decision) {
  const { tone, label, why } = factsOf(row)
  return (
    <span className="wk-part wk-decision">
      <StatusBadge tone={tone} label={label} />
      <span className="ui-small ui-muted">{why}</span>
    </span>
  )
}

function whose(row: Decision) {
  const { buyerEmail, productName, invoiceNumber } = factsOf(row)
  return (
    <span className="wk-part">
      {buyerEmail ?? m.admin_decide_nobody()}
      {productName && <span className="ui-small ui-muted">{productName}</span>}
      {invoiceNumber && <span className="ui-small ui-muted">{invoiceNumber}</span>}
    </span>
  )
}

function columnsOf(onResolve: (discrepancy: Discrepancy) => void): Array<Column<Decision>> {
  return [
    { key: 'what', header: m.admin_decide_what(), cell: what },
    { key: 'whose', header: m.admin_buyer(), cell: whose },
    { key: 'at', header: m.admin_decide_at(), cell: ({ at }) => at && <DateTime at={at} show="full" /> },
    {
      key: 'processor',
      header: m.admin_decide_processor(),
      cell: (row) => <code className="wk-id">{factsOf(row).processorId ?? '—'}</code>,
    },
    { key: 'cents', header: m.admin_decide_amount(), cell: (row) => amount(factsOf(row).cents), end: true },
    {
      key: 'do',
      header: m.admin_decide_do(),
      cell: ({ discrepancy }) =>
        discrepancy ? (
          <Button size="small" icon="check" onClick={() => onResolve(discrepancy)}>
            {m.admin_decide_settle()}
          </Button>
        ) : (
          <span className="ui-small ui-muted">{m.admin_decide_at_processor()}</span>
        ),
      end: true,
    },
  ]
}

function amount(cents: number | null) {
  return cents === null ? <span className="ui-muted">—</span> : <Money cents={cents} />
}
