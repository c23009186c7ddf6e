import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { messageOf } from '#web/data/api-error.ts'
import { decisionsQuery, type Decision } from '#web/data/decisions.ts'
import type { Overview } from '#web/data/overview.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { discrepancyWords, moneyBackWords } from '#web/selling/payment/decision-words.ts'
import { ResolveDialog } from '#web/selling/payment/resolve-dialog.tsx'
import { StatusBadge } from '#web/ui/badge.tsx'
import { Button } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { DateTime } from '#web/ui/date-time.tsx'
import { Money } from '#web/ui/money.tsx'
import { Paged } from '#web/ui/pager.tsx'
import { Notice } from '#web/ui/states.tsx'
import { Table, type Column } from '#web/ui/table.tsx'

/** What waits for the owner, open disputes first: money that fits no order, and money that went back without us. */
export function DecisionsCard({ decisions }: Pick<Overview, 'decisions'>) {
  const [resolving, setResolving] = useState<Decision>()
  const [page, setPage] = useState(1)
  // The first page comes with the overview.
  const later = useQuery({ ...decisionsQuery(page, decisions.size), enabled: page > 1 })
  const rows = page > 1 ? (later.data?.rows ?? []) : decisions.rows
  const total = later.data?.total ?? decisions.total
  return (
    <>
      <Card title={m.overview_decide_title()} flush={total > 0}>
        {total === 0 ? (
          <p className="ui-muted">{m.overview_decide_none()}</p>
        ) : (
          <Paged page={page} pageSize={decisions.size} total={total} onPage={setPage}>
            {later.error && <Notice tone="danger">{messageOf(later.error)}</Notice>}
            <Table
              caption={m.overview_decide_title()}
              columns={columnsOf(setResolving)}
              rows={rows}
              rowKey={(row) => row.id}
              loadingRows={later.isLoading ? 5 : 0}
            />
          </Paged>
        )}
      </Card>
      <ResolveDialog decision={resolving} onClose={() => setResolving(undefined)} />
    </>
  )
}

function factsOf(row: Decision) {
  if (row.what === 'discrepancy') return { ...row, ...discrepancyWords(row), cents: row.saidCents }
  return { ...row, ...moneyBackWords(row), cents: row.amountCents }
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
      {buyerEmail ?? m.selling_decide_nobody()}
      {productName && <span className="ui-small ui-muted">{productName}</span>}
      {invoiceNumber && <span className="ui-small ui-muted">{invoiceNumber}</span>}
    </span>
  )
}

function columnsOf(onResolve: (decision: Decision) => void): Array<Column<Decision>> {
  return [
    { key: 'what', header: m.overview_decide_what(), cell: what },
    { key: 'whose', header: m.selling_buyer(), cell: whose },
    { key: 'at', header: m.overview_decide_at(), cell: ({ at }) => at && <DateTime at={at} show="full" /> },
    {
      key: 'processor',
      header: m.selling_decide_processor(),
      cell: (row) => <code className="wk-id">{factsOf(row).processorId ?? '—'}</code>,
    },
    { key: 'cents', header: m.base_amount(), cell: (row) => amount(factsOf(row).cents), end: true },
    {
      key: 'do',
      header: m.overview_decide_do(),
      cell: (row) => (
        <Button size="small" icon="check" onClick={() => onResolve(row)}>
          {m.overview_decide_settle()}
        </Button>
      ),
      end: true,
    },
  ]
}

function amount(cents: number | null) {
  return cents === null ? <span className="ui-muted">—</span> : <Money cents={cents} />
}
