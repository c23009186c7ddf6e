import { unreachable } from '#domain/base/unreachable.ts'
import type { Invoice } from '#web/data/purchases.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Badge, type Tone } from '#web/ui/badge.tsx'
import { DateTime } from '#web/ui/date-time.tsx'
import { Money } from '#web/ui/money.tsx'
import { EmptyState } from '#web/ui/states.tsx'
import { Table, type Column } from '#web/ui/table.tsx'

function columns(): Column<Invoice>[] {
  return [
    { key: 'number', header: m.selling_number(), cell: (invoice) => invoice.number ?? m.selling_number_none() },
    { key: 'date', header: m.base_date(), cell: (invoice) => <DateTime at={invoice.date} /> },
    { key: 'product', header: m.catalogue_product(), cell: (invoice) => invoice.productName },
    { key: 'amount', header: m.selling_mine_amount(), end: true, cell: (invoice) => <Money cents={invoice.amountCents} /> },
    { key: 'tax', header: m.selling_mine_tax(), end: true, cell: (invoice) => <Money cents={invoice.taxCents} /> },
    { key: 'status', header: m.base_status(), cell: (invoice) => <InvoiceStatus status={invoice.status} /> },
  ]
}

export function Invoices({ invoices }: { invoices: readonly Invoice[] }) {
  return (
    <Table
      caption={m.selling_invoices()}
      rows={invoices}
      rowKey={(invoice) => invoice.id}
      empty={
        <EmptyState icon="card" title={m.selling_invoices_none()}>
          {m.selling_invoices_none_text()}
        </EmptyState>
      }
      columns={columns()}
    />
  )
}

function InvoiceStatus({ status }: { status: Invoice['status'] }) {
  const [tone, label] = statusWords(status)
  return <Badge tone={tone}>{label}</Badge>
}

function statusWords(status: Invoice['status']): [Tone, string] {
  switch (status) {
    case 'PAID':
      return ['success', m.invoice_status_paid()]
    case 'REFUNDED':
      return ['info', m.invoice_status_refunded()]
    case 'DRAFT':
    case 'PENDING':
    case 'VOID':
      return ['warning', m.invoice_status_pending()]
    default:
      return unreachable(status)
  }
}
