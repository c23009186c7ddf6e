import { Link } from '@tanstack/react-router'
import type { InvoiceStatus } from '#domain/selling/enums.ts'
import { affiliateName } from '#web/affiliation/words.ts'
import type { Sale } from '#web/data/invoices.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Badge, type Tone } from '#web/ui/badge.tsx'
import { DateTime } from '#web/ui/date-time.tsx'
import { formatMoney } from '#web/ui/format.ts'
import { Money } from '#web/ui/money.tsx'
import type { Column } from '#web/ui/table.tsx'

export const invoiceWords: Record<InvoiceStatus, { tone: Tone; label: () => string }> = {
  DRAFT: { tone: 'neutral', label: m.invoice_status_draft },
  PENDING: { tone: 'warning', label: m.invoice_status_pending },
  PAID: { tone: 'success', label: m.invoice_status_paid },
  VOID: { tone: 'neutral', label: m.invoice_status_void },
  REFUNDED: { tone: 'danger', label: m.invoice_status_refunded },
}

/** A sale opens beside the list; the address names it, so that it can be sent. */
function buyer(sale: Sale) {
  return (
    <span className="wk-part">
      <Link to="/admin/sales" search={(before: Record<string, unknown>) => ({ ...before, row: sale.id })} resetScroll={false}>
        {sale.buyerEmail}
      </Link>
      <span className="ui-small ui-muted">{sale.number ?? m.selling_sale_no_number()}</span>
    </span>
  )
}

function product(sale: Sale) {
  return (
    <span className="wk-part">
      {sale.productName}
      {sale.planName && <span className="ui-small ui-muted">{sale.planName}</span>}
    </span>
  )
}

function commission({ commissionCents, clawedBackCents }: Sale) {
  if (commissionCents === null) return <span className="ui-muted">{m.selling_no_commission()}</span>
  return (
    <span className="wk-part wk-part--end">
      <Money cents={commissionCents} />
      {clawedBackCents ? (
        <span className="ui-small ui-muted">{m.affiliation_kept({ cents: formatMoney(commissionCents - clawedBackCents) })}</span>
      ) : null}
    </span>
  )
}

function amount({ amountCents, refundedCents }: Sale) {
  return (
    <span className="wk-part wk-part--end">
      <Money cents={amountCents} />
      {refundedCents > 0 && <span className="ui-small ui-muted">{m.selling_sales_refunded({ amount: formatMoney(refundedCents) })}</span>}
    </span>
  )
}

export function allInvoiceColumns(): Array<Column<Sale>> {
  return [
    { key: 'buyer', header: m.selling_buyer(), cell: buyer },
    { key: 'product', header: m.catalogue_product(), cell: product },
    { key: 'datedAt', header: m.selling_paid_at(), cell: (sale) => <DateTime at={sale.datedAt} /> },
    {
      key: 'status',
      header: m.base_status(),
      cell: (sale) => <Badge tone={invoiceWords[sale.status].tone}>{invoiceWords[sale.status].label()}</Badge>,
    },
    { key: 'affiliate', header: m.role_affiliate(), cell: affiliateName },
    { key: 'commissionCents', header: m.affiliation_commission(), cell: commission, end: true },
    { key: 'amountCents', header: m.selling_all_amount(), cell: amount, end: true },
  ]
}
