import { unreachable } from '#domain/error.ts'
import type { Invoice } from '#web/data/purchases.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Badge, type Tone } from '#web/ui/badge.tsx'
import { DateTime } from '#web/ui/date-time.tsx'
import { Money } from '#web/ui/money.tsx'
import { EmptyState } from '#web/ui/states.tsx'
import { Table, type Column } from '#web/ui/table.tsx'

function columns(): Column<Invoice>[] {
  return [
    { key: 'number', header: m.account_number(), cell: (invoice) => invoice.number ?? m.account_number_none() },
    { key: 'date', header: m.account_date(), cell: (invoice) => <DateTime at={invoice.date} /> },
    { key: 'product', header: m.account_product(), cell: (invoice) => invoice.productName },
    { key: 'amount', header: m.account_amount(), end: true, cell: (invoice) => <Money cents={invoice.amountCents} /> },
    { key: 'tax', header: m.account_tax(), end: true, cell: (invoice) => <Money cents={invoice.taxCents} /> },
    { key: 'status', header: m.account_status(), cell: (invoice) => <InvoiceStatus status={invoice.status} /> },
  ]
}

export function Invoices({ invoices }: { invoices: readonly Invoice[] }) {
  return (
    <Table
      caption={m.account_invoices()}
      rows={invoices}
      rowKey={(invoice) => invoice.id}
      empty={
        <EmptyState icon="card" title={m.account_invoices_none()}>
          {m.account_invoices_none_text()}
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
      return ['success', m.account_invoice_paid()]
    case 'REFUNDED':
      return ['info', m.account_invoice_refunded()]
    case 'DRAFT':
    case 'PENDING':
    case 'VOID':
      return ['warning', m.account_invoice_pending()]
    default:
      return unreachable(status)
  }
}
